import pg from 'pg';
import { Patience } from '../../patience.js';
import { type ConnectionChoice, connectionSettings, impatient } from '../connection-settings.js';
import type { Answered, StatementQuery } from '../statement-query.js';
import { type StatementPool, statementPool } from '../statements.js';
import { HeldConnections } from './held-connections.js';
import { Turns } from './turns.js';

/** Connections of `choice.poolSize` that are set aside for the coalesced verbs: each has one statement under way as long as none is slow. */
export function hotConnections(poolSize: number): number {
  return Math.max(1, Math.min(4, Math.floor(poolSize / 3)));
}

/**
 * A prepared statement keeps the plan that was best when the tables were small or empty, and a batch by key would then read tables of millions from end to end.
 * Every step of these statements has an index, so they are held to it.
 */
const byIndexOnly = '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_bitmapscan=off -c enable_hashjoin=off -c enable_mergejoin=off';

/** Milliseconds after which a connection that nobody needed is closed: before what lies between forgets it. */
const idleTime = 10_000;

/**
 * The connections of the coalesced verbs of codes and tokens. They are waited for, and a statement on them, by one timer for all: of the driver's, which
 * makes one for each, a chain is left that keeps what was asked and answered until the next collection of the old generation.
 */
export function openHotPool(choice: ConnectionChoice): StatementPool {
  const poolSize = hotConnections(choice.poolSize ?? 10);
  const { connectionTimeoutMillis, query_timeout, Client, ...settings } = connectionSettings({ ...choice, poolSize }, `${byIndexOnly} ${impatient}`);
  class ConnectingInTime extends Client {
    constructor(config?: pg.ClientConfig) {
      super({ ...config, connectionTimeoutMillis });
    }
  }
  const connections = new pg.Pool({ ...settings, Client: ConnectingInTime });
  const held = new HeldConnections(connections, idleTime);
  const turns = new Turns(poolSize, connectionTimeoutMillis);
  const patience = new Patience(query_timeout);
  const run = (query: StatementQuery, answered: Answered) => {
    const go = () => {
      const wait = patience.begin(() => query.handleError(new Error('no answer in time')));
      held.run(query, (error, rows) => {
        patience.end(wait);
        turns.done();
        answered(error, rows);
      });
    };
    turns.take(go, () => answered(new Error('no free connection')));
  };
  return statementPool(connections, !choice.pooled, { run, close: () => held.close() });
}
