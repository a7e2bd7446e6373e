import { withConnection } from './migrate-connection.js';

/** The time by the database's own clock. Throws `StorageUnavailable` when it cannot be reached. */
export function databaseTime(databaseUrl: string): Promise<Date> {
  return withConnection(databaseUrl, async (client) => {
    const { rows } = await client.query<{ now: Date }>('SELECT clock_timestamp() AS now');
    return (rows[0] as { now: Date }).now;
  });
}
