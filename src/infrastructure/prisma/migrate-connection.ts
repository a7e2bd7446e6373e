import { setTimeout as pause } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import { StorageUnavailable } from '../../application/ports/storage-unavailable.js';
import { StoreUnfit } from '../../application/ports/store-unfit.js';
import { addressOf } from './database-address.js';
import { type DatabaseTrouble, databaseTroubles } from './database-troubles.js';
import { sqlStateOf, sqlStates } from './sql-states.js';
import { unavailabilityOf } from './unavailability-of.js';

type Settings = ClientConfig & { readonly Client: typeof Client };

/**
 * Lends a connection to `work` and closes it; `settings` where it is to be like those of the store. A server that cannot be reached, or any more, is
 * `StorageUnavailable`; one that refuses us or the work, or has no such database, is a `StoreUnfit`.
 */
export async function withConnection<T>(databaseUrl: string, work: (client: Client) => Promise<T>, settings: Settings = { Client }): Promise<T> {
  const { Client: Connection, ...more } = settings;
  const client = new Connection({ connectionString: databaseUrl, ...more, connectionTimeoutMillis: 3000, application_name: 'keywright migrate' });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (cause) {
    await client.end().catch(() => undefined);
    throw connectionFailure(cause, databaseUrl);
  }
  try {
    return await work(client);
  } catch (cause) {
    if (sqlStateOf(cause) === sqlStates.insufficientPrivilege) throw refusal(cause, databaseUrl);
    throw unavailabilityOf(cause) ?? cause;
  } finally {
    await leave(client);
  }
}

/** A server that hangs does not hear that we leave. */
async function leave(client: Client): Promise<void> {
  await Promise.race([client.end().catch(() => undefined), pause(1000, undefined, { ref: false })]);
  client.connection.stream.destroy();
}

/** Bounds of time for requests, of a role or a database. Not every PostgreSQL has all of them. */
const bounds = ['statement_timeout', 'transaction_timeout', 'lock_timeout', 'idle_session_timeout', 'idle_in_transaction_session_timeout'];

/** Ends them for this session. Said before the search path is known to be ours. */
export async function unbounded(client: Client): Promise<void> {
  const one = 'name OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.text[])';
  await client.query(`SELECT pg_catalog.set_config(name, '0', false) FROM pg_catalog.pg_settings WHERE ${one}`, [bounds]);
}

const withoutTls: DatabaseTrouble = {
  says: 'is there, and no connection under TLS comes about',
  advice: 'correct sslmode or sslrootcert in its address, or the certificate of the server',
};

/** SQLSTATE classes 28 (authorization), 3D (no such database) and 42 (no right to connect): what an operator has to put right. */
function connectionFailure(cause: unknown, databaseUrl: string): Error {
  const { code = '', message } = cause as { code?: string; message: string };
  if (/^(28|3D|42)/.test(code)) return refusal(cause, databaseUrl);
  if (/unsupported startup parameter/.test(message)) return poolerBetween(databaseUrl, cause);
  const trouble = /CERT|VERIFY|TLS|SSL/.test(`${code} ${message}`) ? withoutTls : databaseTroubles.get(code);
  return new StorageUnavailable(cause, trouble && { reason: `the database at ${addressOf(databaseUrl)} ${trouble.says}`, advice: trouble.advice });
}

function refusal(cause: unknown, databaseUrl: string): StoreUnfit {
  return new StoreUnfit(
    `the database at ${addressOf(databaseUrl)} refuses us: ${(cause as Error).message}`,
    'correct its address, or what the role may do there',
    { cause },
  );
}

/** Nobody told of it, and it does not pass on what the connections of the store ask for. */
export function poolerBetween(databaseUrl: string, cause?: unknown): StoreUnfit {
  const advice =
    'set DATABASE_POOLER=transaction, and DATABASE_DIRECT_URL to the database past it; for a store that is left, or moved to, give the address past it';
  return new StoreUnfit(`there is a pooler at ${addressOf(databaseUrl)}`, advice, { cause });
}
