import { openScopes } from '../api-scope.js';
import { InvalidClient } from '../errors.js';
import { parseScope, scopesWithin } from '../scope.js';
import type { ClientSettings, GrantType } from './client.js';
import { isWebAddress } from './client-rules.js';
import { type ClientMetadata, grantTypesIn, nameIn, redirectUrisIn, settingsByOwnWord, textsIn } from './metadata-members.js';
import { metadataHost } from './metadata-uri.js';

/**
 * The settings of a client that describes itself, by the document at `uri`, which is its identifier (Client ID Metadata Document §4). `scopes`: those of this
 * server. Throws `InvalidClient`.
 */
export function settingsFromMetadata(uri: string, metadata: ClientMetadata, scopes: readonly string[]): ClientSettings {
  // "The client_id property MUST match the URL of the document" by simple string comparison.
  if (metadata.client_id !== uri) throw refused(uri, 'is about another client_id');
  // "client_secret … MUST NOT be used": everybody can read it.
  if ('client_secret' in metadata) throw refused(uri, 'holds a secret, which everybody can read');
  if (!mayGoWithoutSecret(metadata))
    throw refused(uri, 'asks for a way to authenticate other than none, and there is no other for apps that describe themselves');
  return settingsByOwnWord({
    name: nameIn(metadata, metadataHost(uri)),
    homepageUri: homepageOf(uri, metadata),
    redirectUris: redirectUrisOf(uri, metadata),
    grantTypes: grantTypesOf(uri, metadata),
    scopes: scopesOf(uri, metadata, scopes),
  });
}

function refused(uri: string, problem: string): InvalidClient {
  return new InvalidClient(`this app describes itself at ${metadataHost(uri)}, and what it says there ${problem}`);
}

/** By `token_endpoint_auth_method`, or where it can do several, as ChatGPT, by `token_endpoint_auth_methods_supported`. */
function mayGoWithoutSecret({ token_endpoint_auth_method: method, token_endpoint_auth_methods_supported: methods }: ClientMetadata): boolean {
  return (method ?? 'none') === 'none' || textsIn(methods).includes('none');
}

/** Shown as where the app is at home, so only where the document's own host says it of itself. */
function homepageOf(uri: string, { client_uri: homepage }: ClientMetadata): string | null {
  return typeof homepage === 'string' && isWebAddress(homepage) && new URL(homepage).host === metadataHost(uri) ? homepage : null;
}

function redirectUrisOf(uri: string, metadata: ClientMetadata): string[] {
  const usable = redirectUrisIn(metadata);
  if (usable.length === 0) throw refused(uri, 'names no redirect URI that can be used');
  return usable;
}

function grantTypesOf(uri: string, metadata: ClientMetadata): GrantType[] {
  const wanted = grantTypesIn(metadata);
  if (!wanted.includes('authorization_code')) throw refused(uri, 'leaves out the grant type authorization_code');
  return wanted;
}

/** All that are open; where the document names some, those of them. */
function scopesOf(uri: string, { scope }: ClientMetadata, known: readonly string[]): readonly string[] {
  const open = openScopes(known);
  if (scope === undefined || scope === null) return open;
  const named = scopesWithin(open, (typeof scope === 'string' && parseScope(scope)) || []);
  if (named.length === 0) throw refused(uri, 'names no scope that this server has');
  return named;
}
