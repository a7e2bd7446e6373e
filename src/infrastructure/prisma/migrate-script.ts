import { type Client, DatabaseError } from 'pg';
import { StoreUnfit } from '../../application/ports/store-unfit.js';
import type { MigrationScript } from './migrate-folder.js';
import type { LockOrder } from './migrate-lock-order.js';
import { forget, noteBegun, noteFailed, noteFinished } from './migrate-record.js';
import { sqlStateOf, sqlStates } from './sql-states.js';

/**
 * Milliseconds that requests wait at most behind a lock that a script waits for. Less than they have patience for one themselves (`connection-settings`), and than
 * PostgreSQL's `deadlock_timeout`: of two that wait for each other it is the migration that lets go.
 */
const patience = 500;

/** A lock that was not to be had in time; two that waited for each other; what others changed meanwhile. */
const othersCodes: readonly string[] = [sqlStates.lockNotAvailable, sqlStates.deadlockDetected, sqlStates.serializationFailure];

/** What PostgreSQL says, in no other language and without a code of its own, where others changed an entry of its catalog meanwhile, by a GRANT for instance. */
const othersChanged = /^tuple concurrently (updated|deleted)$/;

const isOfOthers = (error: DatabaseError) =>
  othersCodes.includes(sqlStateOf(error)) || (error.code === sqlStates.internalError && othersChanged.test(error.message));

/** Statements that PostgreSQL runs outside a transaction only: CREATE INDEX CONCURRENTLY … */
const aloneCode = sqlStates.activeSqlTransaction;

/** Those, and a block that commits by itself. */
const outsideCodes: readonly string[] = [aloneCode, sqlStates.invalidTransactionTermination];

/** No fault of the script: connection, resources, somebody who intervened, the system, read-only since a failover. */
const awayCodes = new RegExp(`^(08|53|57|58|${sqlStates.readOnlySqlTransaction})`);

/** But of one that cannot be sent, these come back: a protocol that is not kept (a NUL), and what the driver says of COPY … FROM STDIN. */
const cannotBeSent = ({ code, message }: DatabaseError) => code === sqlStates.protocolViolation || message.endsWith('No source stream defined');

/**
 * Applies a script and notes it in the history, both or neither. `false`: others are in its way, and nothing was changed. `order`: what
 * it takes beforehand. Throws `StoreUnfit` where the script is refused, what the driver does where the database is away.
 */
export async function applyScript(client: Client, script: MigrationScript, order: LockOrder): Promise<boolean> {
  let id: string | undefined;
  try {
    await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
    await order.pushVacuumsAside(client);
    await client.query(`SET LOCAL lock_timeout = ${patience}`);
    await order.take(client);
    id = await noteBegun(client, script);
    await client.query(script.sql);
    await noteFinished(client, id, script);
    await client.query('COMMIT');
    return true;
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    await client.query('ROLLBACK').catch(() => Promise.reject(error));
    const { code = '' } = error;
    // A script that commits in between leaves its row: it is half done.
    if (id !== undefined && (await noteFailed(client, id, error))) throw refused(script, error);
    if (isOfOthers(error) || (id === undefined && code === tableGone)) return false;
    if (outsideCodes.includes(code)) return applyOutside(client, script, code);
    throw awayCodes.test(code) && !cannotBeSent(error) ? error : refused(script, error);
  }
}

/** A partition that was dropped just now. */
const tableGone = sqlStates.undefinedTable;

/**
 * `code`: why not inside one. Several statements that are sent at once are a transaction of their own: where such a statement is refused again, and none before it
 * committed, nothing was done. Else it is as Prisma does it: what is half done when it fails, or the connection is lost, is in the history as begun.
 * Such statements are made to hold nobody up.
 */
async function applyOutside(client: Client, script: MigrationScript, code: string): Promise<true> {
  const id = await noteBegun(client, script);
  try {
    await client.query(script.sql);
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.severity === 'FATAL') throw error;
    if (error.code === aloneCode && code === aloneCode) {
      await forget(client, id);
      throw refused(script, error, 'the statement needs a migration of its own');
    }
    await noteFailed(client, id, error);
    throw refused(script, error);
  }
  await noteFinished(client, id, script);
  return true;
}

function refused({ name }: MigrationScript, cause: DatabaseError, advice?: string): StoreUnfit {
  return new StoreUnfit(`${name} could not be applied: ${cause.message}`, advice, { cause });
}
