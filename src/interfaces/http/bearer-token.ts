import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticate, AuthenticateInput, Authentication, TokenRefusal } from '../../application/tokens/authenticate.js';
import { InsufficientScope, InvalidRequest, InvalidToken, type OAuthError } from '../../domain/errors.js';
import { bearerChallenge } from '../../domain/tokens/bearer-challenge.js';
import { authorizationHeader } from './authorization-header.js';
import { formIn, queryOf } from './form.js';

/**
 * The access token of the Authorization header (RFC 6750 §2.1), the only place it may be in; `null` when there is none. Throws `InvalidRequest` when one is in the
 * address, or in several places.
 */
function bearerToken(request: FastifyRequest): string | null {
  // "Clients MUST NOT pass access tokens in a URI query parameter" (RFC 9700 §4.3.2)
  if (queryOf(request).has('access_token')) throw new InvalidRequest('send the access token in the Authorization header, never in the address');
  const header = authorizationHeader(request);
  // "Clients MUST NOT use more than one method to transmit the token in each request" (RFC 6750 §2)
  if (header !== undefined && formIn(request.body)?.has('access_token')) throw new InvalidRequest('send the access token once, in the Authorization header');
  return /^Bearer +([A-Za-z0-9\-._~+/]+=*) *$/i.exec(header ?? '')?.[1] ?? null;
}

/** `resource`: the one that is asked, by its identifier. */
type Needs = Omit<AuthenticateInput, 'token'> & { readonly resource: string };

/**
 * Who is calling, by its access token? Throws `InvalidRequest`, `InvalidToken` or `InsufficientScope` and sets the challenge that goes with it (RFC 6750 §3).
 */
export async function authenticateBearer(
  authenticate: Authenticate,
  request: FastifyRequest,
  reply: FastifyReply,
  needs: Needs,
): Promise<Authentication & { active: true }> {
  const challenge = (why: Readonly<Record<string, string>> = {}) => reply.header('WWW-Authenticate', bearerChallenge({ realm: needs.resource, ...why }));
  let token: string | null;
  try {
    token = bearerToken(request);
  } catch (error) {
    if (error instanceof InvalidRequest) challenge({ error: error.code });
    throw error;
  }
  if (token === null) {
    // "If the request lacks any authentication information … the resource server SHOULD NOT include an error code" (RFC 6750 §3.1)
    challenge();
    throw new InvalidToken('a Bearer access token is needed in the Authorization header');
  }
  const result = await authenticate.execute({ token, ...needs });
  if (result.active) return result;
  const error = refusal(result);
  const scope = result.reason === 'insufficient_scope' ? { scope: (needs.scopes ?? []).join(' ') } : {};
  challenge({ error: error.code, error_description: error.description, ...scope });
  throw error;
}

/** What the holder of a token is told: enough to know what to do next. */
function refusal(result: TokenRefusal): OAuthError {
  switch (result.reason) {
    case 'expired':
      return new InvalidToken('the access token has expired');
    case 'revoked':
      return new InvalidToken('the access token has been revoked', result.cause);
    case 'insufficient_scope':
      return new InsufficientScope(`the access token lacks ${result.missing.join(' ')}`);
    case 'wrong_audience':
      return new InvalidToken('the access token is for another resource');
    case 'client_disabled':
    case 'user_disabled':
      return new InvalidToken('the access token is no longer good', result.reason);
    case 'malformed':
    case 'unknown':
      return new InvalidToken('the access token is not one of this server', result.reason);
  }
}
