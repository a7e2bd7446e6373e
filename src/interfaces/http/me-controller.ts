import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Authenticate } from '../../application/tokens/authenticate.js';
import { claimScopes } from '../../domain/seen-scope.js';
import { authenticateBearer } from './bearer-token.js';

/**
 * `/oauth/me`: whom the presented token acts for, in the claims of OpenID Connect Core §5.1 and our own. A protected resource of this server: a token made for
 * others only is refused (RFC 8707 §2).
 */
export function meController(server: FastifyInstance, authenticate: Authenticate, issuer: string): void {
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const { token, client, user } = await authenticateBearer(authenticate, request, reply, { uses: claimScopes, resource: issuer });
    reply.header('Cache-Control', 'no-store');
    if (!user) return { sub: client.id, client_id: client.id, client_name: client.name, scope: token.scopes.join(' ') };
    return {
      sub: user.id,
      username: user.username,
      ...(token.scopes.includes('profile') && { preferred_username: user.username }),
      ...(token.scopes.includes('email') && { email: user.email }),
      client_id: client.id,
      scope: token.scopes.join(' '),
    };
  };
  // "The UserInfo Endpoint MUST support the use of the HTTP GET and HTTP POST methods" (OpenID Connect Core §5.3)
  server.get('/oauth/me', answer);
  server.post('/oauth/me', answer);
}
