import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { unbounded, withConnection } from './migrate-connection.js';

/** Who kept a backend from a lock. */
export interface LockWait {
  /** Its oid; `null`: it was no table, but a row for instance. */
  readonly table: string | null;
  /** That of the table, or of the one in which it is. */
  readonly name: string | null;
  /** How it was to be held, as `pg_locks` calls it. */
  readonly mode: string;
  /** The transactions that held it in another way than a vacuum does, as `pg_locks` calls them. */
  readonly transactions: readonly string[];
  /** Those who held it, or stood before us in the queue, in words for people. */
  readonly holders: readonly string[];
  /** Those of them that were prepared for two phases, which no process holds: their names, quoted for SQL. */
  readonly prepared: readonly string[];
}

/** SQL for words about backends: their numbers, names, and since when, where PostgreSQL lets the role see it. */
export function inWords(pids: string): string {
  return `array(SELECT DISTINCT CASE WHEN one.pid = 0 THEN 'a prepared transaction (pg_prepared_xacts)' ELSE pg_catalog.concat('pid ', one.pid, ' (', pg_catalog.concat_ws(', ',
      COALESCE(NULLIF(a.application_name, ''), (SELECT 'a vacuum' FROM pg_stat_progress_vacuum v WHERE v.pid = one.pid), a.usename, 'of the server'),
      'since ' || pg_catalog.to_char(COALESCE(a.xact_start, a.backend_start) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')), ')') END
    FROM pg_catalog.unnest(${pids}) AS one (pid) LEFT JOIN pg_stat_activity a ON a.pid = one.pid)`;
}

const question = `SELECT CASE locktype WHEN 'relation' THEN relation::text END AS "table", relation::regclass::text AS name, mode, ${inWords('blockers')} AS holders,
    array(SELECT l.virtualtransaction FROM pg_locks l
      WHERE l.granted AND COALESCE(l.pid, 0) = ANY (blockers) AND l.relation IS NOT DISTINCT FROM w.relation AND l.mode <> 'ShareUpdateExclusiveLock') AS transactions,
    array(SELECT DISTINCT pg_catalog.quote_literal(p.gid) FROM pg_prepared_xacts p
      JOIN pg_locks own ON own.transactionid = p.transaction AND own.pid IS NULL
      JOIN pg_locks l ON l.virtualtransaction = own.virtualtransaction AND l.pid IS NULL
      WHERE l.granted AND 0 = ANY (blockers) AND p.database = current_database()
        AND l.relation IS NOT DISTINCT FROM w.relation AND l.transactionid IS NOT DISTINCT FROM w.transactionid) AS prepared
  FROM (SELECT locktype, relation, transactionid, mode, pg_catalog.pg_blocking_pids(pid) AS blockers FROM pg_locks WHERE pid = $1 AND NOT granted) w
  WHERE pg_catalog.cardinality(blockers) > 0`;

/** Milliseconds in which the watcher is answered. */
const patience = 1000;

/**
 * Lends `work` what was last seen, since it asked before, of who keeps `client` waiting. It is looked at all the while over a connection of its own, because
 * PostgreSQL does not tell it of a lock that was given up. Where there is none, or it does not answer, the work goes on, and just cannot say who it was.
 */
export async function watchingLocks<T>(databaseUrl: string, client: Client, work: (lastSeen: () => LockWait | undefined) => Promise<T>): Promise<T> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_catalog.pg_backend_pid() AS pid');
  let seen: LockWait | undefined;
  let over = false;
  let watching: Promise<unknown> = Promise.resolve();
  await new Promise<void>((begun) => {
    const look = async (watcher: Client) => {
      await unbounded(watcher);
      begun();
      for (; !over; await pause(100)) seen = (await watcher.query<LockWait>(question, [rows[0]?.pid])).rows[0] ?? seen;
    };
    watching = withConnection(databaseUrl, look, { Client, query_timeout: patience }).catch(begun);
  });
  try {
    return await work(() => {
      const last = seen;
      seen = undefined;
      return last;
    });
  } finally {
    over = true;
    await watching;
  }
}

/** Does one of these transactions go on? */
export async function goOn(client: Client, transactions: readonly string[]): Promise<boolean> {
  if (transactions.length === 0) return false;
  const { rowCount } = await client.query('SELECT FROM pg_locks WHERE virtualtransaction = ANY ($1) LIMIT 1', [transactions]);
  return rowCount !== 0;
}
