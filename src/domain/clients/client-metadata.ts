import { isApiScope } from '../api-scope.js';
import { redirectUriProblem } from '../authorization/redirect-uri.js';
import { InvalidClient } from '../errors.js';
import { parseScope, scopesWithin } from '../scope.js';
import type { ClientSettings, GrantType } from './client.js';
import { hasControlCharacter, isWebAddress, longestName, mostRedirectUris } from './client-rules.js';
import { metadataHost } from './metadata-uri.js';

/** What a client says of itself: members as RFC 7591 §2 names them, of any kind until they were looked at. */
export type ClientMetadata = Readonly<Record<string, unknown>>;

/**
 * The settings of a client that describes itself, by the document at `uri`, which is its identifier (Client ID Metadata Document §4). What the document leaves
 * open takes the safest value; what it may not decide (who is asked, PKCE, lifetimes) it does not. `scopes`: those of this server. Throws `InvalidClient`.
 */
export function settingsFromMetadata(uri: string, metadata: ClientMetadata, scopes: readonly string[]): ClientSettings {
  // "The client_id property MUST match the URL of the document" by simple string comparison.
  if (metadata.client_id !== uri) throw refused(uri, 'is about another client_id');
  // "client_secret … MUST NOT be used": everybody can read it.
  if ('client_secret' in metadata) throw refused(uri, 'holds a secret, which everybody can read');
  if (!mayGoWithoutSecret(metadata))
    throw refused(uri, 'asks for a way to authenticate other than "none", and there is no other for apps that describe themselves');
  return {
    name: nameOf(uri, metadata),
    description: null,
    homepageUri: homepageOf(uri, metadata),
    // A picture persuades, and nobody has looked at this one.
    logoUri: null,
    type: 'public',
    redirectUris: redirectUrisOf(uri, metadata),
    grantTypes: grantTypesOf(uri, metadata),
    scopes: scopesOf(uri, metadata, scopes),
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

function refused(uri: string, problem: string): InvalidClient {
  return new InvalidClient(`this app describes itself at ${metadataHost(uri)}, and what it says there ${problem}`);
}

/** By `token_endpoint_auth_method`, or where it can do several, as ChatGPT, by `token_endpoint_auth_methods_supported`. */
function mayGoWithoutSecret({ token_endpoint_auth_method: method, token_endpoint_auth_methods_supported: methods }: ClientMetadata): boolean {
  return method === undefined || method === 'none' || textsOf(methods).includes('none');
}

/** Half of a surrogate pair, which JSON can write and no store keeps. */
const hasHalfCharacter = /\p{Cs}/u;

function nameOf(uri: string, { client_name: name }: ClientMetadata): string {
  const text = typeof name === 'string' ? name.trim() : '';
  return text === '' || text.length > longestName || hasControlCharacter(text) || hasHalfCharacter.test(text) ? metadataHost(uri) : text;
}

/** Shown as where the app is at home, so only where the document's own host says it of itself. */
function homepageOf(uri: string, { client_uri: homepage }: ClientMetadata): string | null {
  return typeof homepage === 'string' && isWebAddress(homepage) && new URL(homepage).host === metadataHost(uri) ? homepage : null;
}

/** Those that could be registered here: a scheme that this server does not send people to does not stand in the way of the others. */
function redirectUrisOf(uri: string, { redirect_uris: redirectUris }: ClientMetadata): string[] {
  const usable = [...new Set(textsOf(redirectUris))].filter((redirectUri) => redirectUriProblem(redirectUri) === null);
  if (usable.length === 0) throw refused(uri, 'names no redirect URI that can be used');
  return usable.slice(0, mostRedirectUris);
}

/** Left out, both: the default of RFC 7591 §2 would have people sign in every hour. */
function grantTypesOf(uri: string, { grant_types: grantTypes }: ClientMetadata): GrantType[] {
  const offered: GrantType[] = ['authorization_code', 'refresh_token'];
  const wanted = grantTypes === undefined ? offered : offered.filter((grantType) => textsOf(grantTypes).includes(grantType));
  if (!wanted.includes('authorization_code')) throw refused(uri, 'leaves out the grant type authorization_code');
  return wanted;
}

/** All of this server's but those of its own API, which somebody has to give by name; where the document names some, those of them. */
function scopesOf(uri: string, { scope }: ClientMetadata, known: readonly string[]): readonly string[] {
  const open = known.filter((name) => !isApiScope(name));
  if (scope === undefined) return open;
  const named = scopesWithin(open, (typeof scope === 'string' && parseScope(scope)) || []);
  if (named.length === 0) throw refused(uri, 'names no scope that this server has');
  return named;
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
