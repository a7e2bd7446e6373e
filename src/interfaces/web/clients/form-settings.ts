import type { ChosenSettings } from '../../../application/clients/default-settings.js';
import { type GrantType, grantTypes } from '../../../domain/clients/client.js';
import { accessTokenFormats } from '../../../domain/tokens/access-token.js';
import { linesOf, oneOf } from '../typed-values.js';
import type { ClientForm } from './client-form.js';
import { typedLifetime } from './lifetime-text.js';

/** What a form chooses about a client. What the rules refuse passes through unchanged, so that they can say why. */
export function settingsOfForm(form: ClientForm): ChosenSettings {
  return {
    name: form.name,
    description: textOrNone(form.description),
    homepageUri: textOrNone(form.homepageUri),
    logoUri: textOrNone(form.logoUri),
    type: oneOf(['confidential', 'public'], form.type),
    redirectUris: linesOf(form.redirectUris),
    grantTypes: form.grantTypes.filter((type): type is GrantType => grantTypes.some((known) => known === type)),
    scopes: form.scopes,
    optionalScopes: form.optionalScopes,
    pkce: oneOf(['required', 'optional'], form.pkce),
    refresh: oneOf(['rotate', 'keep'], form.refresh),
    consent: oneOf(['ask', 'skip'], form.consent),
    accessTokenFormat: oneOf(accessTokenFormats, form.accessTokenFormat),
    accessTokenLifetime: typedLifetime(form.accessTokenLifetime),
    refreshTokenIdleLifetime: typedLifetime(form.refreshTokenIdleLifetime),
    refreshTokenAbsoluteLifetime: typedLifetime(form.refreshTokenAbsoluteLifetime),
  };
}

function textOrNone(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
