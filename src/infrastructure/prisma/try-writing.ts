import { randomBytes } from 'node:crypto';
import { DatabaseError } from 'pg';
import { StorageUnavailable } from '../../application/ports/storage-unavailable.js';
import { type ConnectionChoice, connectionSettings } from './connection-settings.js';
import { withConnection } from './migrate-connection.js';
import { unavailabilityOf } from './unavailability-of.js';

/**
 * Takes what a write may need and a server that is idle already has, or does without: another connection, and more room on the disk. Leaves nothing. Throws
 * `StorageUnavailable`.
 */
export async function tryWriting(choice: ConnectionChoice): Promise<void> {
  const table = `keywright_room_${randomBytes(6).toString('hex')}`;
  const work = async (query: (text: string) => Promise<unknown>) => {
    await query('BEGIN');
    await query(`CREATE TABLE ${table} (filler INTEGER)`);
    await query(`INSERT INTO ${table} VALUES (1)`);
    await query('ROLLBACK');
  };
  try {
    await withConnection(choice.databaseUrl, (client) => work((text) => client.query(text)), connectionSettings(choice));
  } catch (error) {
    if (error instanceof DatabaseError && error.code === mayNotMakeTables) return;
    throw new StorageUnavailable(unavailabilityOf(error instanceof StorageUnavailable ? error.cause : error) ?? error);
  }
}

/** SQLSTATE insufficient_privilege: the role came as far as to ask for the table. */
const mayNotMakeTables = '42501';
