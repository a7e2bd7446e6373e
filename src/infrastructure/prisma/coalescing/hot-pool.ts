import { type ConnectionChoice, connectionSettings } from '../connection-settings.js';
import { openStatementPool, type StatementPool } from '../statements.js';

/** Connections of `choice.poolSize` that are set aside for the coalesced verbs: each has one statement under way as long as none is slow. */
export function hotConnections(poolSize: number): number {
  return Math.max(1, Math.min(4, Math.floor(poolSize / 3)));
}

/**
 * A prepared statement keeps the plan that was best when the tables were small or empty, and a batch by key would then read tables of millions from end to end.
 * Every step of these statements has an index, so they are held to it.
 */
const byIndexOnly = '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_bitmapscan=off -c enable_hashjoin=off -c enable_mergejoin=off';

/** Milliseconds for a row that somebody holds: the calls that travel with it must still be sent again in time. */
const lockPatience = '-c lock_timeout=1000';

/** The connections of the coalesced verbs of codes and tokens. */
export function openHotPool(choice: ConnectionChoice): StatementPool {
  const prepares = choice.preparedStatements !== false;
  const settings = connectionSettings({ ...choice, poolSize: hotConnections(choice.poolSize ?? 10) }, prepares ? `${byIndexOnly} ${lockPatience}` : '');
  return openStatementPool(settings, prepares);
}
