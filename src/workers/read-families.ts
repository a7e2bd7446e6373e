import { z } from 'zod';
import type { MetricFamily } from '../infrastructure/metrics/metric-family.js';

/** https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels */
const name = z.string().regex(/^[a-z_:][a-z0-9_:]*$/i);

/** In JSON what is no number is `null`. */
const value = z
  .number()
  .nullable()
  .transform((told) => told ?? Number.NaN);

const sample = z.object({ value, labels: z.record(name, z.union([z.string(), z.number()])), metricName: name.exactOptional() });

const families = z.array(z.object({ name, help: z.string(), type: z.enum(['counter', 'gauge', 'histogram']), values: z.array(sample) }));

/** The numbers that another process told as JSON; `null` where they cannot be written in Prometheus' text format: it may run another version by now. */
export function readFamilies(told: unknown): readonly MetricFamily[] | null {
  return families.safeParse(told).data ?? null;
}
