import type { ConnectionChoice } from './connection-settings.js';
import { withStoreConnection } from './store-connection.js';

/** The time by the database's own clock. Throws as `withStoreConnection` does. */
export function databaseTime(choice: ConnectionChoice): Promise<Date> {
  return withStoreConnection(choice, async (client) => {
    const { rows } = await client.query<{ now: Date }>('SELECT clock_timestamp() AS now');
    return (rows[0] as { now: Date }).now;
  });
}
