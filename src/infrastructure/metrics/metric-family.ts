import type { Metric, Registry } from 'prom-client';

/** Everything under one name, as Prometheus' text format groups it. It is also what a worker sends to the primary, so it must survive JSON. */
export interface MetricFamily {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly values: readonly MetricSample[];
}

export interface MetricSample {
  readonly value: number;
  readonly labels: Readonly<Record<string, string | number>>;
  /** The series of a histogram: its name with `_bucket`, `_sum` or `_count`. */
  readonly metricName?: string;
}

/**
 * Has a registry ask for a family whenever it is read. It asks what is registered for its name and for `get`, which is how the library itself registers what
 * it made of several processes (`AggregatorRegistry.aggregate`); its own classes would have to be told of each event.
 */
export function register(registry: Registry, { name, help, type }: Omit<MetricFamily, 'values'>, read: () => readonly MetricSample[]): void {
  const family = { name, help, type, get: async (): Promise<MetricFamily> => ({ name, help, type, values: read() }) };
  registry.registerMetric(family as unknown as Metric);
}
