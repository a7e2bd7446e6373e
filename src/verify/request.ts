import type { Verifier } from './create-verifier.js';
import { admit } from './guard/admit.js';
import { metadataPath, protectedResourceMetadata, type ResourceDescription } from './guard/protected-resource-metadata.js';
import type { Needs } from './token-verifier.js';
import type { Active } from './verification.js';

export type RequestVerification = { readonly token: Active; readonly response: null } | { readonly token: null; readonly response: Response };

/** Checks the access token of a `Request` (Fetch); where it is not good, `response` is what to answer: 400, 401, 403 or 503. */
export async function verifyRequest(verifier: Verifier, request: Request, { scopes = [] }: Needs = {}): Promise<RequestVerification> {
  const admission = await admit(verifier, { authorization: request.headers.get('authorization') }, scopes);
  if (admission.token !== null) return { token: admission.token, response: null };
  const { status, headers, body } = admission.refusal;
  return { token: null, response: Response.json(body, { status, headers: { ...headers, 'cache-control': 'no-store' } }) };
}

/** The answer to a request for `/.well-known/oauth-protected-resource` (RFC 9728); `null` to any other. */
export function metadataResponse(verifier: Verifier, request: Request, description?: ResourceDescription): Response | null {
  if (new URL(request.url).pathname !== metadataPath(verifier.audience) || (request.method !== 'GET' && request.method !== 'HEAD')) return null;
  return Response.json(protectedResourceMetadata(verifier, description), {
    headers: { 'cache-control': 'public, max-age=3600', 'access-control-allow-origin': '*' },
  });
}
