import { collectDefaultMetrics, Registry } from 'prom-client';
import type { MetricFamily } from './metric-family.js';

const prefix = 'keywright_';

/** Gauges whose names end as those of counters do, and their parts: `promtool check metrics` takes offence, and walking every open connection is not free. */
const leftOut = ['handles', 'requests', 'resources'].flatMap((what) => [`${prefix}nodejs_active_${what}`, `${prefix}nodejs_active_${what}_total`]);

/** What this process takes: processor, memory, garbage collection, lag of the event loop; and which build it is. Making it begins to look. */
export class ProcessMetrics {
  private readonly registry = new Registry();

  constructor(private readonly version: string) {
    collectDefaultMetrics({ register: this.registry, prefix });
    for (const name of leftOut) this.registry.removeSingleMetric(name);
  }

  async families(): Promise<MetricFamily[]> {
    const build = [{ labels: { version: this.version }, value: 1 }];
    return [
      ...(await this.registry.getMetricsAsJSON()),
      { name: `${prefix}build_info`, help: 'Which version runs; the value is always 1.', type: 'gauge', values: build },
    ];
  }
}
