import { Client } from 'pg';
import { StorageUnavailable } from '../../application/ports/storage-unavailable.js';

/** What a database is called by its own server, whatever address it is reached under. */
export async function identityOf(database: Client): Promise<string> {
  const { rows } = await database.query<{ name: string }>(
    "SELECT system_identifier || '/' || (SELECT oid FROM pg_database WHERE datname = current_database()) AS name FROM pg_control_system()",
  );
  return (rows[0] as { name: string }).name;
}

/** The same, asked over a connection of its own. Throws `StorageUnavailable`. */
export async function databaseIdentity(connectionString: string): Promise<string> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await identityOf(client);
  } catch (cause) {
    throw new StorageUnavailable(cause);
  } finally {
    await client.end();
  }
}
