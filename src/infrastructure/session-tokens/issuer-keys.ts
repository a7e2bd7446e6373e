import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import { KeptAnswer } from '../../application/operations/kept-answer.js';
import { withoutSlash } from '../../domain/without-slash.js';
import { boundedFetch } from '../outgoing/bounded-fetch.js';

/** Milliseconds. A key that is not known asks for the list again, once in `cooldownDuration`, however many tokens name it. */
const keyTimes = { timeoutDuration: 5000, cooldownDuration: 30_000, cacheMaxAge: 600_000 };

/** Milliseconds for which what was discovered is believed. */
const discoveredFor = 3_600_000;

/** The metadata of an issuer says nothing that can be used. */
class DiscoveryFailure extends Error {}

/** The keys that are published at an address which configuration names. */
export function publishedKeys(jwksUri: string, trusted = jwksUri): JWTVerifyGetKey {
  return createRemoteJWKSet(new URL(jwksUri), { ...keyTimes, [customFetch]: boundedFetch(trusted) });
}

/**
 * The keys of an issuer that says itself where it publishes them (OpenID Connect Discovery §4). Asked when the first token comes, so that it may be down while
 * this server starts, and by all who wait together once; a failure is not remembered.
 */
export function discoveredKeys(issuer: string, now: () => number = Date.now): JWTVerifyGetKey {
  let known: { readonly jwksUri: string; readonly keys: JWTVerifyGetKey } | null = null;

  const discover = async (): Promise<JWTVerifyGetKey> => {
    const jwksUri = await jwksUriOf(issuer);
    // The same as before: what is known of its keys stays known.
    if (known?.jwksUri !== jwksUri) known = { jwksUri, keys: publishedKeys(jwksUri, issuer) };
    return known.keys;
  };

  const discovered = new KeptAnswer(discover, now);
  return async (header, token) => (await discovered.get(discoveredFor))(header, token);
}

async function jwksUriOf(issuer: string): Promise<string> {
  const response = await boundedFetch(issuer)(`${withoutSlash(issuer)}/.well-known/openid-configuration`, { headers: { Accept: 'application/json' } });
  if (response.status !== 200) throw new DiscoveryFailure(`the metadata of ${issuer} cannot be had: ${response.status}`);
  const metadata = (await response.json().catch(() => null)) as { issuer?: unknown; jwks_uri?: unknown } | null;
  // "The issuer value returned MUST be identical to the Issuer URL that was directly used to retrieve the configuration information" (§4.3)
  if (metadata?.issuer !== issuer) throw new DiscoveryFailure(`the metadata at ${issuer} is that of another issuer`);
  if (typeof metadata.jwks_uri !== 'string' || !URL.canParse(metadata.jwks_uri)) throw new DiscoveryFailure(`the metadata of ${issuer} names no jwks_uri`);
  return metadata.jwks_uri;
}
