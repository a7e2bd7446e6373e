import { collectDefaultMetrics, type Registry } from 'prom-client';
import { register } from './metric-family.js';

const prefix = 'keywright_';

/** Gauges whose names end as those of counters do, and their parts: `promtool check metrics` takes offence, and walking every open connection is not free. */
const leftOut = ['handles', 'requests', 'resources'].flatMap((what) => [`${prefix}nodejs_active_${what}`, `${prefix}nodejs_active_${what}_total`]);

/** What this process takes: processor, memory, garbage collection, lag of the event loop; and which build it is. */
export function processMetrics(registry: Registry, version: string): void {
  collectDefaultMetrics({ register: registry, prefix });
  for (const name of leftOut) registry.removeSingleMetric(name);
  register(registry, { name: `${prefix}build_info`, help: 'Which version runs; the value is always 1.', type: 'gauge' }, () => [
    { labels: { version }, value: 1 },
  ]);
}
