import Fastify, { type FastifyInstance, LogController } from 'fastify';

/** Prometheus' text format: https://prometheus.io/docs/instrumenting/exposition_formats/ */
const contentType = 'text/plain; version=0.0.4; charset=utf-8';

/** Milliseconds; whoever reads numbers is near, and has nothing to send. */
const times = { connectionTimeout: 30_000, requestTimeout: 5000 };

/** Connections at once, and requests of one: what nobody reads is kept in memory that serving needs. */
const most = { connections: 64, requests: 1 };

/** `GET /metrics` for the operator and nothing else, on a listener of its own (ADR 0040). Built, but not listening. */
export function buildMetricsServer(read: () => Promise<string>, level: string): FastifyInstance {
  const server = Fastify({
    ...times,
    logger: { level },
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    maxRequestsPerSocket: most.requests,
    exposeHeadRoutes: false,
  });
  server.server.maxConnections = most.connections;
  // Who goes on after the last is read no further: a thousand refusals would take as long as the numbers.
  server.server.on('dropRequest', (_request, socket) => socket.destroy());
  const shared = sharing(read);
  server.setErrorHandler((error, request, reply) => {
    request.log.error({ err: error }, 'metrics cannot be read');
    return reply.code(500).type('text/plain').send('metrics cannot be read\n');
  });
  server.setNotFoundHandler((_request, reply) => reply.code(404).type('text/plain').send('only GET /metrics is here\n'));
  server.get('/metrics', async (_request, reply) => {
    const text = await shared();
    return reply.header('Cache-Control', 'no-store').header('Content-Type', contentType).header('Connection', 'close').send(text);
  });
  return server;
}

/** Who asks while another reads is answered with the same. */
function sharing(read: () => Promise<string>): () => Promise<string> {
  let reading: Promise<string> | undefined;
  return () => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  };
}
