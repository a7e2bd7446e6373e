import type { FastifyInstance } from 'fastify';
import type { AuthenticateClient } from '../../application/tokens/authenticate-client.js';
import type { RevokeToken } from '../../application/tokens/revoke-token.js';
import { authenticateCaller } from './authenticate-caller.js';

/** `POST /oauth/revoke` (RFC 7009 §2). The answer is an empty JSON object, because some clients parse it. */
export function revokeController(server: FastifyInstance, authenticateClient: AuthenticateClient, revokeToken: RevokeToken): void {
  server.post('/oauth/revoke', async (request, reply) => {
    const { client, form } = await authenticateCaller(authenticateClient, request);
    await revokeToken.execute({ client, token: form.required('token') });
    return reply.header('Cache-Control', 'no-store').send({});
  });
}
