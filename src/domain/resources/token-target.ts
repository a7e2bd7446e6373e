import type { AccessTokenFormat } from '../tokens/access-token.js';
import { sameResource } from './resource.js';
import { type ResourceServer, type SigningAlgorithm, usualAlgorithm } from './resource-server.js';

/** For whom a token is made, and what it is. */
export interface TokenTarget {
  readonly resources: readonly string[];
  readonly scopes: readonly string[];
  /** How it is signed; `null`: it is opaque. */
  readonly signedWith: SigningAlgorithm | null;
}

export interface AskedTarget {
  readonly resources: readonly string[];
  readonly scopes: readonly string[];
  /** What the client asks for, where it is asked. */
  readonly format: AccessTokenFormat;
}

/**
 * What a token for these resources becomes, with the registered resource servers in mind. Scopes of a resource server that the token is not for are left
 * out of it (RFC 8707 §2.2: "the scope … limited to the resource"); those of nobody stay. A token that names no resource is for the one whose scopes it
 * has (RFC 9068 §3: "the authorization server SHOULD use it to infer the value of the default resource indicator"), where it has no others.
 */
export function targetOf(asked: AskedTarget, servers: readonly ResourceServer[]): TokenTarget {
  const resources = asked.resources.length > 0 ? asked.resources : impliedResources(asked.scopes, servers);
  return { resources, scopes: scopesFor(resources, asked.scopes, servers), signedWith: signatureFor(resources, asked.format, servers) };
}

/** Of the scopes those that a token for these resources has: all of them where it names none. */
export function scopesFor(resources: readonly string[], scopes: readonly string[], servers: readonly ResourceServer[]): readonly string[] {
  if (resources.length === 0) return scopes;
  const others = servers.filter(({ identifier }) => !resources.some((resource) => sameResource(resource, identifier)));
  const foreign = new Set(others.flatMap((other) => other.scopes.map(({ name }) => name)));
  return scopes.filter((scope) => !foreign.has(scope));
}

/**
 * Only a token for exactly one resource is a JWT: it needs an audience (RFC 9068 §2.2), and with several "the authorization granted by the token would be
 * ambiguous" (§3). What it is, the resource server says; where that leaves it open, or none is registered, the client does.
 */
function signatureFor([only, another]: readonly string[], asked: AccessTokenFormat, servers: readonly ResourceServer[]): SigningAlgorithm | null {
  if (only === undefined || another !== undefined) return null;
  const server = servers.find(({ identifier }) => sameResource(identifier, only));
  const format = server === undefined || server.tokenFormat === 'by_client' ? asked : server.tokenFormat;
  return format === 'jwt' ? (server?.signingAlgorithm ?? usualAlgorithm) : null;
}

function impliedResources(scopes: readonly string[], servers: readonly ResourceServer[]): readonly string[] {
  const owner = scopes.length === 0 ? undefined : servers.find((server) => scopes.every((scope) => server.scopes.some(({ name }) => name === scope)));
  return owner ? [owner.identifier] : [];
}
