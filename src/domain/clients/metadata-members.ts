import { redirectUriProblem } from '../authorization/redirect-uri.js';
import type { ClientSettings, GrantType } from './client.js';
import { hasControlCharacter, longestName, mostRedirectUris } from './client-rules.js';

/** What a client says of itself: members as RFC 7591 §2 names them, of any kind until they were looked at. `null` says as little as leaving one out. */
export type ClientMetadata = Readonly<Record<string, unknown>>;

/** Half of a surrogate pair, which JSON can write and no store keeps, and what stands where a character was lost. */
const hasBrokenCharacter = /[\p{Cs}\ufffd]/u;

/** `client_name`; `otherwise` where it has none that can be shown. */
export function nameIn({ client_name: name }: ClientMetadata, otherwise: string): string {
  const text = typeof name === 'string' ? name.trim() : '';
  return text === '' || text.length > longestName || hasControlCharacter(text) || hasBrokenCharacter.test(text) ? otherwise : text;
}

/** `redirect_uris`, those that could be registered here: a scheme that this server does not send people to does not stand in the way of the others. */
export function redirectUrisIn({ redirect_uris: redirectUris }: ClientMetadata): string[] {
  return [...new Set(textsIn(redirectUris))].filter((redirectUri) => redirectUriProblem(redirectUri) === null).slice(0, mostRedirectUris);
}

/** `grant_types`, those that serve a person. Left out, both: the default of RFC 7591 §2 would have people sign in every hour. */
export function grantTypesIn({ grant_types: grantTypes }: ClientMetadata): GrantType[] {
  const offered: GrantType[] = ['authorization_code', 'refresh_token'];
  const named = textsIn(grantTypes ?? offered);
  return offered.filter((grantType) => named.includes(grantType));
}

/** The texts of a list; of anything else none. */
export function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

/** What a client may decide about itself. */
export type OwnWord = Pick<ClientSettings, 'name' | 'homepageUri' | 'redirectUris' | 'grantTypes' | 'scopes'>;

/** The settings of a client that nobody registered here. What it may not decide (who is asked, PKCE, lifetimes) takes the safest value. */
export function settingsByOwnWord({ name, homepageUri, redirectUris, grantTypes, scopes }: OwnWord): ClientSettings {
  return {
    name,
    description: null,
    homepageUri,
    // A picture persuades, and nobody has looked at this one.
    logoUri: null,
    type: 'public',
    redirectUris,
    grantTypes,
    scopes,
    optionalScopes: [],
    pkce: 'required',
    refresh: 'rotate',
    consent: 'ask',
    accessTokenFormat: 'opaque',
    accessTokenLifetime: null,
    refreshTokenIdleLifetime: null,
    refreshTokenAbsoluteLifetime: null,
  };
}
