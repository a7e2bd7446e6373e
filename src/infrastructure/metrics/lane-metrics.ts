import type { Registry } from 'prom-client';
import type { LaneTally } from '../prisma/coalescing/lane-tally.js';
import { register } from './metric-family.js';

/** What calls that share a statement (ADR 0023) do, by verb. `tallies` grows when a store is opened. */
export function laneMetrics(registry: Registry, tallies: readonly LaneTally[]): void {
  const each = (read: (tally: LaneTally) => number) => () => tallies.map((tally) => ({ labels: { verb: tally.verb }, value: read(tally) }));
  register(
    registry,
    { name: 'keywright_lane_calls_total', help: 'Calls of a verb of the PostgreSQL adapter whose calls share statements.', type: 'counter' },
    each(({ calls }) => calls),
  );
  register(
    registry,
    { name: 'keywright_lane_statements_total', help: 'Statements that were sent for the calls of a verb.', type: 'counter' },
    each(({ statements }) => statements),
  );
  register(
    registry,
    { name: 'keywright_lane_waiting_calls', help: 'Calls of a verb that wait for a statement to take them along.', type: 'gauge' },
    each(({ waiting }) => waiting()),
  );
}
