import { randomBytes } from 'node:crypto';
import { type Client, DatabaseError } from 'pg';
import { type ConnectionChoice, connectionSettings } from './connection-settings.js';
import { isUnavailability } from './is-unavailability.js';

/**
 * Takes what a write may need and a server that is idle already has, or does without: another connection, like those of the store, and more room on the disk. Leaves
 * nothing. Throws what the driver does.
 */
export async function tryWriting(choice: ConnectionChoice): Promise<void> {
  const { Client: Connection, ...settings } = connectionSettings(choice);
  const client = new Connection(settings);
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('BEGIN');
    await takeRoom(client);
    await client.query('ROLLBACK');
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A role that may make no table is refused here, and writes to those that are there all the same: of the disk nothing is known then. */
async function takeRoom(client: Client): Promise<void> {
  const table = `keywright_room_${randomBytes(6).toString('hex')}`;
  try {
    await client.query(`CREATE TABLE ${table} (filler INTEGER)`);
    await client.query(`INSERT INTO ${table} VALUES (1)`);
  } catch (error) {
    if (!(error instanceof DatabaseError) || isUnavailability(error)) throw error;
  }
}
