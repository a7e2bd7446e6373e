import type { Verifier } from './create-verifier.js';
import { admit } from './guard/admit.js';
import { metadataPath, protectedResourceMetadata, type ResourceDescription } from './guard/protected-resource-metadata.js';
import type { Active } from './verification.js';

declare global {
  namespace Express {
    interface Request {
      /** What the access token of this request says; set by `requireToken`. */
      token?: Active;
    }
  }
}

/** As much of Express 4 and 5 as is used here. */
interface ExpressRequest {
  readonly headers: { readonly authorization?: string | undefined };
  readonly rawHeaders?: readonly string[] | undefined;
  readonly method: string;
  readonly path: string;
  token?: Active;
}
interface ExpressResponse {
  status(code: number): this;
  set(headers: Record<string, string>): this;
  json(body: unknown): this;
}
type Middleware = (request: ExpressRequest, response: ExpressResponse, next: (error?: unknown) => void) => void;

/** Lets in who brings an access token with all of these scopes, and puts what it says at `request.token`; answers 400, 401, 403 or 503 to others. */
export function requireToken(verifier: Verifier, ...scopes: string[]): Middleware {
  return (request, response, next) => {
    admit(verifier, { authorization: request.headers.authorization, rawHeaders: request.rawHeaders }, scopes).then((admission) => {
      if (admission.token === null) {
        const { status, headers, body } = admission.refusal;
        response
          .status(status)
          .set({ ...headers, 'cache-control': 'no-store' })
          .json(body);
        return;
      }
      request.token = admission.token;
      next();
    }, next);
  };
}

/** Serves `/.well-known/oauth-protected-resource` (RFC 9728): `app.use(serveMetadata(verifier))`. */
export function serveMetadata(verifier: Verifier, description?: ResourceDescription): Middleware {
  const path = metadataPath(verifier.audience);
  const body = protectedResourceMetadata(verifier, description);
  return (request, response, next) => {
    if (request.path !== path || (request.method !== 'GET' && request.method !== 'HEAD')) return next();
    response.set({ 'cache-control': 'public, max-age=3600', 'access-control-allow-origin': '*' }).json(body);
  };
}
