import type { LaneTally } from '../prisma/coalescing/lane-tally.js';
import type { MetricFamily } from './metric-family.js';

/** What calls that share a statement (ADR 0023) do, by verb. */
export function laneMetrics(tallies: readonly LaneTally[]): MetricFamily[] {
  const each = (read: (tally: LaneTally) => number) => tallies.map((tally) => ({ labels: { verb: tally.verb }, value: read(tally) }));
  return [
    {
      name: 'keywright_lane_calls_total',
      help: 'Calls of a verb of the PostgreSQL adapter whose calls share statements.',
      type: 'counter',
      values: each(({ calls }) => calls),
    },
    {
      name: 'keywright_lane_statements_total',
      help: 'Statements that were sent for the calls of a verb.',
      type: 'counter',
      values: each(({ statements }) => statements),
    },
    {
      name: 'keywright_lane_waiting_calls',
      help: 'Calls of a verb that wait for a statement to take them along.',
      type: 'gauge',
      values: each(({ waiting }) => waiting()),
    },
  ];
}
