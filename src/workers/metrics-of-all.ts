import type { Metrics } from '../infrastructure/metrics/metrics.js';
import type { Workers } from './workers.js';

/** The numbers of the primary and of every worker that serves, in Prometheus' text format. The library is loaded with the first question, as in `openService`. */
export async function metricsOfAll(primary: Metrics, workers: Workers | undefined): Promise<string> {
  const { textOfSeveral } = await import('../infrastructure/metrics/of-several-processes.js');
  const [own, others] = await Promise.all([primary.families(), workers?.metrics() ?? []]);
  return textOfSeveral([{ worker: 'primary', families: own }, ...others]);
}
