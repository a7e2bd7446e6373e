import type { Verifier } from '../create-verifier.js';

/** What a client may want to know before it asks for a token (RFC 9728 §2). */
export interface ResourceDescription {
  /** Every scope that this resource has a use for. */
  readonly scopes?: readonly string[];
  /** What it is called, for people. */
  readonly name?: string;
  /** The address of a page for developers. */
  readonly documentation?: string;
}

const wellKnown = '/.well-known/oauth-protected-resource';

/** The JSON document that tells which authorization server gives tokens for this resource (RFC 9728 §3.2). */
export function protectedResourceMetadata(verifier: Verifier, { scopes, name, documentation }: ResourceDescription = {}): Record<string, unknown> {
  return {
    resource: verifier.audience,
    authorization_servers: [verifier.issuer],
    bearer_methods_supported: ['header'],
    ...(scopes && { scopes_supported: scopes }),
    ...(name !== undefined && { resource_name: name }),
    ...(documentation !== undefined && { resource_documentation: documentation }),
  };
}

/** Where that document is served: the well-known name goes between the host and the path of the resource (RFC 9728 §3.1). */
export function metadataPath(audience: string): string {
  const { pathname } = new URL(audience);
  return wellKnown + (pathname === '/' ? '' : pathname);
}

/** The full address; `null` for a resource that is not on the web. */
export function metadataUrl(audience: string): string | null {
  const { protocol, origin, search } = new URL(audience);
  return /^https?:$/.test(protocol) ? origin + metadataPath(audience) + search : null;
}
