import type { FastifyInstance } from 'fastify';
import type { AuthenticateClient } from '../../application/tokens/authenticate-client.js';
import type { Introspection, IntrospectToken } from '../../application/tokens/introspect-token.js';
import { InvalidClient, InvalidScope } from '../../domain/errors.js';
import { parseScope } from '../../domain/scope.js';
import { authenticateCaller } from './authenticate-caller.js';

/** `POST /oauth/introspect` (RFC 7662 §2). */
export function introspectController(server: FastifyInstance, issuer: string, authenticateClient: AuthenticateClient, introspectToken: IntrospectToken): void {
  server.post('/oauth/introspect', async (request, reply) => {
    const { client, form } = await authenticateCaller(authenticateClient, request);
    // "To prevent token scanning attacks, the endpoint MUST also require some form of authorization" (RFC 7662 §2.1): an identifier alone is none.
    if (client.type === 'public') throw new InvalidClient('introspection needs a client that can authenticate');
    // RFC 7662 §2.1 lets a resource say more about its context: `scope` says what it needs the token for. It changes nothing about the answer.
    const uses = parseScope(form.one('scope') ?? '');
    if (uses === null) throw new InvalidScope('scope has a character that is not allowed');
    const introspection = await introspectToken.execute({ client, token: form.required('token'), uses });
    return reply.header('Cache-Control', 'no-store').send(introspectionBody(introspection, issuer));
  });
}

/** RFC 7662 §2.2. */
function introspectionBody(introspection: Introspection, issuer: string) {
  if (!introspection.active) return { active: false };
  const { token } = introspection;
  const user = introspection.kind === 'access_token' ? introspection.user : null;
  return {
    active: true,
    scope: token.scopes.join(' '),
    client_id: token.clientId,
    ...(user && { username: user.username }),
    token_type: introspection.kind === 'access_token' ? 'Bearer' : 'refresh_token',
    exp: seconds(token.expiresAt),
    iat: seconds(token.issuedAt),
    // A token without a user acts for its client (RFC 9068 §2.2).
    sub: token.userId ?? token.clientId,
    ...(token.resources.length > 0 && { aud: token.resources.length === 1 ? token.resources[0] : token.resources }),
    iss: issuer,
    // What the revocation feed names this token and its grant by.
    ...(introspection.kind === 'access_token' && { jti: token.id, ...(token.grantId !== null && { grant_id: token.grantId }) }),
  };
}

/** Seconds since 1970-01-01T00:00:00Z (RFC 7519 §2, NumericDate). */
function seconds(moment: Date): number {
  return Math.floor(moment.getTime() / 1000);
}
