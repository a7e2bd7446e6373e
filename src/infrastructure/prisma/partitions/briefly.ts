import type { ClientBase } from 'pg';
import { sqlStateOf, sqlStates } from '../sql-states.js';

/**
 * Milliseconds that everybody else waits at most behind a change of the tables: what is not to be had by then is tried again a minute later. Less than
 * PostgreSQL's `deadlock_timeout`: who revokes a grant holds its row and waits behind us, perhaps while we wait for one who wants that row.
 */
const patience = 100;

/** The bytes of "kwpa": one instance at a time changes partitions. */
const partitionLock = 0x6b777061;

/** Somebody holds a lock; a row lies where a partition was to be; two waited for each other. */
const later: readonly string[] = [sqlStates.lockNotAvailable, sqlStates.checkViolation, sqlStates.deadlockDetected];

/**
 * Runs `work` as one transaction that holds nobody up: `false` when it is to be tried another time, because another instance is at it or a lock is not to be had
 * at once. All its settings end with the transaction, so that it may run through a pooler.
 */
export async function briefly(client: ClientBase, work: () => Promise<void>): Promise<boolean> {
  // What is asked under a lock must see what was committed while it was waited for.
  await client.query(`BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = ${patience}; SET LOCAL TimeZone = 'UTC'`);
  try {
    const { rows } = await client.query<{ ours: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS ours', [partitionLock]);
    if (rows[0]?.ours) await work();
    await client.query('COMMIT');
    return rows[0]?.ours === true;
  } catch (error) {
    await client.query('ROLLBACK');
    if (later.includes(sqlStateOf(error))) return false;
    throw error;
  }
}
