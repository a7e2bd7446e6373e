import { sameResource } from './resource.js';
import type { ResourceServer, SigningAlgorithm } from './resource-server.js';

/** For whom a token is made, and what it is. */
export interface TokenTarget {
  readonly resources: readonly string[];
  readonly scopes: readonly string[];
  /** How it is signed; `null`: it is opaque. */
  readonly signedWith: SigningAlgorithm | null;
}

/**
 * What a token for these resources becomes, with the registered resource servers in mind. Scopes of a resource server that the token is not for are left
 * out of it (RFC 8707 §2.2: "the scope … limited to the resource"); those of nobody stay. A token that names no resource is for the one whose scopes it
 * has (RFC 9068 §3: "the authorization server SHOULD use it to infer the value of the default resource indicator"), where it has no others. A token for one registered resource server alone is what that one wants.
 */
export function targetOf(
  asked: { readonly resources: readonly string[]; readonly scopes: readonly string[] },
  servers: readonly ResourceServer[],
): TokenTarget {
  if (servers.length === 0) return { ...asked, signedWith: null };
  const resources = asked.resources.length > 0 ? asked.resources : impliedResources(asked.scopes, servers);
  const [only, another] = resources;
  const server = only !== undefined && another === undefined ? servers.find(({ identifier }) => sameResource(identifier, only)) : undefined;
  const signedWith = server?.tokenFormat === 'jwt' ? server.signingAlgorithm : null;
  if (resources.length === 0) return { resources, scopes: asked.scopes, signedWith };
  const others = servers.filter(({ identifier }) => !resources.some((resource) => sameResource(resource, identifier)));
  const foreign = new Set(others.flatMap(({ scopes }) => scopes.map(({ name }) => name)));
  return { resources, scopes: asked.scopes.filter((scope) => !foreign.has(scope)), signedWith };
}

function impliedResources(scopes: readonly string[], servers: readonly ResourceServer[]): readonly string[] {
  const owner = scopes.length === 0 ? undefined : servers.find((server) => scopes.every((scope) => server.scopes.some(({ name }) => name === scope)));
  return owner ? [owner.identifier] : [];
}
