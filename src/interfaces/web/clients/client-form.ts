import type { ClientSettings } from '../../../domain/clients/client.js';
import type { Parameters } from '../../http/parameters.js';
import { lifetimeText } from './lifetime-text.js';

/** A client's settings as they stand in the form: whatever was typed or ticked, right or wrong. */
export interface ClientForm {
  readonly name: string;
  readonly description: string;
  readonly homepageUri: string;
  readonly logoUri: string;
  readonly type: string;
  /** One in a line. */
  readonly redirectUris: string;
  readonly grantTypes: readonly string[];
  readonly scopes: readonly string[];
  readonly optionalScopes: readonly string[];
  readonly pkce: string;
  readonly refresh: string;
  /** Only an administrator's form has this, and the next. */
  readonly consent: string;
  readonly owner: string;
  readonly accessTokenFormat: string;
  readonly accessTokenLifetime: string;
  readonly refreshTokenIdleLifetime: string;
  readonly refreshTokenAbsoluteLifetime: string;
  /** What fills the blanks of a preset, by their names. */
  readonly blanks: Readonly<Record<string, string>>;
}

export function formOfSettings(settings: ClientSettings): ClientForm {
  const lifetime = (seconds: number | null) => (seconds === null ? '' : lifetimeText(seconds));
  return {
    ...settings,
    description: settings.description ?? '',
    homepageUri: settings.homepageUri ?? '',
    logoUri: settings.logoUri ?? '',
    redirectUris: settings.redirectUris.join('\n'),
    accessTokenLifetime: lifetime(settings.accessTokenLifetime),
    refreshTokenIdleLifetime: lifetime(settings.refreshTokenIdleLifetime),
    refreshTokenAbsoluteLifetime: lifetime(settings.refreshTokenAbsoluteLifetime),
    owner: 'me',
    blanks: {},
  };
}

/** The form as it was posted; `blanks` are the names of the preset's. */
export function typedForm(posted: Parameters, blanks: readonly string[]): ClientForm {
  const text = (name: string) => posted.one(name) ?? '';
  return {
    name: text('name'),
    description: text('description').replaceAll('\r\n', '\n'),
    homepageUri: text('homepageUri'),
    logoUri: text('logoUri'),
    type: text('type'),
    redirectUris: text('redirectUris').replaceAll('\r\n', '\n'),
    grantTypes: posted.all('grantTypes'),
    scopes: posted.all('scopes'),
    optionalScopes: posted.all('optionalScopes'),
    pkce: text('pkce'),
    refresh: text('refresh'),
    consent: text('consent'),
    owner: text('owner'),
    accessTokenFormat: text('accessTokenFormat'),
    accessTokenLifetime: text('accessTokenLifetime'),
    refreshTokenIdleLifetime: text('refreshTokenIdleLifetime'),
    refreshTokenAbsoluteLifetime: text('refreshTokenAbsoluteLifetime'),
    blanks: Object.fromEntries(blanks.map((name) => [name, text(name)])),
  };
}
