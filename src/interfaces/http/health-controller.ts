import type { FastifyInstance } from 'fastify';
import { retryAfter } from './oauth-error-reply.js';

/**
 * `GET /healthz`: the process is alive. `GET /readyz`: it can serve; 503 while its store does not do what requests need, its clock is apart from the store's since the start,
 * its key does not open the signing key, or it stops. Neither says why to the outside; the log does, once.
 */
export function healthController(server: FastifyInstance, ready: () => Promise<void>): void {
  server.get('/healthz', async (_request, reply) => reply.header('Cache-Control', 'no-store').send({ status: 'ok' }));

  server.get('/readyz', async (_request, reply) => {
    reply.header('Cache-Control', 'no-store');
    try {
      await ready();
      return { status: 'ready' };
    } catch {
      return reply.code(503).header('Retry-After', retryAfter).send({ status: 'unavailable' });
    }
  });
}
