import type { FastifyInstance } from 'fastify';
import type { RequestMetrics } from '../../application/ports/request-metrics.js';

/** Counts every answer of the server under the pattern of its route: an address has ids in it, and may have secrets. */
export function countAnswers(server: FastifyInstance, metrics: RequestMetrics): void {
  server.addHook('onResponse', (request, reply, done) => {
    metrics.answered(request.routeOptions.url, request.method, reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
}
