import { AggregatorRegistry, type Registry } from 'prom-client';

/** As the library tells its own families. */
type LibraryFamily = Awaited<ReturnType<Registry['getMetricsAsJSON']>>[number];

/** Everything under one name, as Prometheus' text format groups it. It is also what a worker sends to the primary, so it must survive JSON. */
export interface MetricFamily {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram' | LibraryFamily['type'];
  readonly values: readonly MetricSample[];
}

export interface MetricSample {
  readonly value: number;
  readonly labels: Readonly<Record<string, string | number | undefined>>;
  /** The series of a histogram: its name with `_bucket`, `_sum` or `_count`. */
  readonly metricName?: string;
}

/** In Prometheus' text format. The library writes families that are data only where it adds them up by their labels, of which here no two are alike. */
export function textOf(families: readonly MetricFamily[]): Promise<string> {
  return AggregatorRegistry.aggregate([families.map((family) => ({ ...family, aggregator: 'sum' }))]).metrics();
}
