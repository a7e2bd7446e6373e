import type { MiddlewareHandler } from 'hono';
import type { Verifier } from './create-verifier.js';
import type { ResourceDescription } from './guard/protected-resource-metadata.js';
import { metadataResponse, verifyRequest } from './request.js';
import type { Active } from './verification.js';

/** Lets in who brings an access token with all of these scopes, and puts what it says at `context.get('token')`; answers 400, 401, 403 or 503 to others. */
export function requireToken(verifier: Verifier, ...scopes: string[]): MiddlewareHandler<{ Variables: { token: Active } }> {
  return async (context, next) => {
    const { token, response } = await verifyRequest(verifier, context.req.raw, { scopes });
    if (token === null) return response;
    context.set('token', token);
    return next();
  };
}

/** Serves `/.well-known/oauth-protected-resource` (RFC 9728): `app.use(serveMetadata(verifier))`. */
export function serveMetadata(verifier: Verifier, description?: ResourceDescription): MiddlewareHandler {
  return async (context, next) => metadataResponse(verifier, context.req.raw, description) ?? next();
}
