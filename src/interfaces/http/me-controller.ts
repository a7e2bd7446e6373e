import type { FastifyInstance } from 'fastify';
import type { Authenticate } from '../../application/tokens/authenticate.js';
import { InvalidRequest } from '../../domain/errors.js';
import { authenticateBearer } from './bearer-token.js';
import { queryOf } from './form.js';

/** `GET /oauth/me`: whom the presented token acts for. A protected resource of this server: a token made for others only is refused (RFC 8707 §2). */
export function meController(server: FastifyInstance, authenticate: Authenticate, issuer: string): void {
  server.get('/oauth/me', async (request, reply) => {
    // "Clients MUST NOT pass access tokens in a URI query parameter" (RFC 9700 §4.3.2)
    if (queryOf(request).one('access_token') !== null) {
      reply.header('WWW-Authenticate', 'Bearer error="invalid_request"');
      throw new InvalidRequest('send the access token in the Authorization header, never in the address');
    }
    const { token, client, user } = await authenticateBearer(authenticate, request, reply, { uses: ['email'], resource: issuer });
    reply.header('Cache-Control', 'no-store');
    if (!user) return { sub: client.id, client_id: client.id, client_name: client.name, scope: token.scopes.join(' ') };
    return {
      sub: user.id,
      username: user.username,
      ...(token.scopes.includes('email') && { email: user.email }),
      client_id: client.id,
      scope: token.scopes.join(' '),
    };
  });
}
