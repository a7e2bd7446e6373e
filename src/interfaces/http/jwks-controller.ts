import type { FastifyInstance } from 'fastify';
import type { KeyRing } from '../../application/keys/key-ring.js';

/** `GET /oauth/jwks`: the public keys with which JWT access tokens are verified (RFC 7517 §5). A key is here long before it signs, so it may be cached. */
export function jwksController(server: FastifyInstance, keyRing: KeyRing): void {
  server.get('/oauth/jwks', async (_request, reply) => {
    const keys = (await keyRing.published()).map(({ publicJwk }) => publicJwk);
    return reply.header('Cache-Control', 'public, max-age=300').type('application/jwk-set+json; charset=utf-8').send(JSON.stringify({ keys }));
  });
}
