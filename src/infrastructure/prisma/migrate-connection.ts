import { Client, type ClientConfig } from 'pg';
import { StorageUnavailable } from '../../application/ports/storage-unavailable.js';
import { MigrationError } from './migrate-error.js';

/**
 * Lends a connection to `work` and closes it; `settings` where it is to be like those of the store. A server that cannot be reached is `StorageUnavailable`; one that refuses us, or has no such
 * database, is a `MigrationError`.
 */
export async function withConnection<T>(databaseUrl: string, work: (client: Client) => Promise<T>, settings: ClientConfig = {}): Promise<T> {
  const client = new Client({ connectionString: databaseUrl, ...settings, connectionTimeoutMillis: 3000, application_name: 'keywright migrate' });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (cause) {
    await client.end().catch(() => undefined);
    throw connectionFailure(cause, databaseUrl);
  }
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** SQLSTATE classes 28 (authorization), 3D (no such database) and 42 (no right to connect): what an operator has to put right. */
function connectionFailure(cause: unknown, databaseUrl: string): Error {
  const { code = '', message } = cause as { code?: string; message: string };
  if (/^(28|3D|42)/.test(code)) return new MigrationError(`the database at ${addressOf(databaseUrl)} refuses us: ${message}`, { cause });
  if (/unsupported startup parameter/.test(message)) {
    const remedy = 'set DATABASE_POOLER=transaction, and DATABASE_DIRECT_URL to the database past it';
    return new MigrationError(`there is a pooler at ${addressOf(databaseUrl)} (${message}): ${remedy}`, { cause });
  }
  return new StorageUnavailable(cause);
}

/** The address without the password, for messages. */
function addressOf(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl);
  return `${host}${pathname}`;
}
