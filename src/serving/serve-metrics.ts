import { buildMetricsServer } from '../interfaces/http/metrics-server.js';
import { listening } from './cannot-listen.js';
import type { Service } from './open-service.js';

/** A listener that can be closed. */
export interface MetricsListener {
  close(): Promise<void>;
}

/** Tells at `METRICS_PORT` what `read` answers, the numbers of this process if it is left out, until it is closed. Where no port is set there is nothing to close. Throws `CannotListen`. */
export async function serveMetrics({ config, metrics }: Service, read = () => metrics?.text() ?? Promise.resolve('')): Promise<MetricsListener> {
  if (config.metrics === null) return { close: async () => {} };
  const server = buildMetricsServer(read, config.logLevel);
  try {
    await listening('METRICS_', server.listen(config.metrics));
  } catch (error) {
    await server.close();
    throw error;
  }
  return server;
}
