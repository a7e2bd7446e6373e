import { type ConnectionChoice, connectionSettings } from './connection-settings.js';
import { withConnection } from './migrate-connection.js';

/**
 * The time by the database's own clock, asked on a connection like those of the store. Throws `StorageUnavailable` when it cannot be reached, and `MigrationError`
 * when such a connection is refused.
 */
export function databaseTime(choice: ConnectionChoice): Promise<Date> {
  const { Client: _, ...settings } = connectionSettings(choice);
  return withConnection(
    choice.databaseUrl,
    async (client) => {
      const { rows } = await client.query<{ now: Date }>('SELECT clock_timestamp() AS now');
      return (rows[0] as { now: Date }).now;
    },
    settings,
  );
}
