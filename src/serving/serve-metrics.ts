import { buildMetricsServer } from '../interfaces/http/metrics-server.js';
import type { Service } from './open-service.js';

/** A listener that can be closed. */
export interface MetricsListener {
  close(): Promise<void>;
}

/** Tells at `METRICS_PORT` what `read` answers, the numbers of this process if it is left out, until it is closed. Where no port is set there is nothing to close. */
export async function serveMetrics({ config, metrics }: Service, read = () => metrics?.text() ?? Promise.resolve('')): Promise<MetricsListener> {
  if (config.metrics === null) return { close: async () => {} };
  const server = buildMetricsServer(read, config.logLevel);
  try {
    await server.listen(config.metrics);
  } catch (error) {
    await server.close();
    throw Object.assign(error as Error, { blame: 'METRICS_' });
  }
  return server;
}
