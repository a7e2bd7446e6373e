import { withConnection } from './migrate-connection.js';

/** How many connections the database takes from those who are no superusers. Throws `StorageUnavailable` when it cannot be reached. */
export function connectionsAllowed(databaseUrl: string): Promise<number> {
  return withConnection(databaseUrl, async (client) => {
    const { rows } = await client.query<{ allowed: number }>(
      `SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
        - coalesce(current_setting('reserved_connections', true), '0')::int AS allowed`,
    );
    return (rows[0] as { allowed: number }).allowed;
  });
}
