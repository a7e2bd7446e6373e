import Fastify, { type FastifyInstance, LogController } from 'fastify';

/** Prometheus' text format: https://prometheus.io/docs/instrumenting/exposition_formats/ */
const contentType = 'text/plain; version=0.0.4; charset=utf-8';

/** Milliseconds; whoever reads numbers is near, and has nothing to send. */
const times = { connectionTimeout: 30_000, requestTimeout: 5000 };

/** `GET /metrics` for the operator and nothing else, on a listener of its own (ADR 0040). Built, but not listening. */
export function buildMetricsServer(read: () => Promise<string>, level: string): FastifyInstance {
  const server = Fastify({
    ...times,
    logger: { level },
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    exposeHeadRoutes: false,
  });
  server.setErrorHandler((error, request, reply) => {
    request.log.error({ err: error }, 'metrics cannot be read');
    return reply.code(500).type('text/plain').send('metrics cannot be read\n');
  });
  server.setNotFoundHandler((_request, reply) => reply.code(404).type('text/plain').send('only GET /metrics is here\n'));
  server.get('/metrics', async (_request, reply) => {
    const text = await read();
    return reply.header('Cache-Control', 'no-store').header('Content-Type', contentType).send(text);
  });
  return server;
}
