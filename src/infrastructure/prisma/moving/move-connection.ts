import { Client } from 'pg';
import { StorageUnavailable } from '../../../application/ports/storage-unavailable.js';
import { MoveRefused } from '../../moving/move-refused.js';
import { besideRedis } from '../connection-settings.js';
import { withOptions } from '../database-address.js';

/** The bytes of "kwmv": only one process copies from or to a database. */
const moveLock = 0x6b776d76;

/** A connection of its own for a move, which no other process has to this database. Throws `StorageUnavailable`, `MoveRefused`. */
export async function moveConnection(databaseUrl: string): Promise<Client> {
  const client = new Client({
    connectionString: withOptions(databaseUrl, `-c TimeZone=UTC ${besideRedis}`),
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    application_name: 'keywright move',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (cause) {
    throw new StorageUnavailable(cause);
  }
  try {
    await claim(client);
  } catch (error) {
    await client.end();
    throw error;
  }
  return client;
}

/** Held until the server notices that we are gone, and by then what we were about is over too: a copy that was killed writes nothing behind the back of the next. */
async function claim(database: Client): Promise<void> {
  const { rows } = await database.query<{ claimed: boolean }>('SELECT pg_try_advisory_lock($1) AS claimed', [moveLock]);
  if (!rows[0]?.claimed) throw new MoveRefused('another process is copying from or to one of these stores');
}
