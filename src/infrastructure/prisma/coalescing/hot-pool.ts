import pg from 'pg';
import { type ConnectionChoice, connectionSettings } from '../connection-settings.js';

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

/** Runs a statement; `name` tells it from the others, so that a connection prepares it once. */
export interface HotPool {
  query<Row extends object>(name: string, text: string, values: readonly string[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** Connections that speak to PostgreSQL directly: the same statement through Prisma costs this process two to three times as much (see ADR 0023). */
export function openHotPool(choice: ConnectionChoice): HotPool {
  const prepares = choice.preparedStatements !== false;
  const settings = connectionSettings({ ...choice, poolSize: hotConnections(choice.poolSize ?? 10) }, prepares ? `${byIndexOnly} ${lockPatience}` : '');
  const pool = new pg.Pool(settings);
  // A connection that is lost while it is idle: the pool opens another one when it is needed.
  pool.on('error', () => {});
  let closing: Promise<void> | undefined;
  return {
    async query<Row extends object>(name: string, text: string, values: readonly string[]) {
      const { rows } = await pool.query<Row>({ text, values: values as string[], ...(prepares && { name: `keywright_${name}` }) });
      return rows;
    },
    close: () => {
      closing ??= pool.end();
      return closing;
    },
  };
}
