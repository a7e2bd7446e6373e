import { noticesName, unawareName } from './connection-settings.js';
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

/**
 * How many processes of servers listen to the database for notices, each of them on a connection of its own; `null` where the address gives connections another name.
 * Throws as `connectionsAllowed` does.
 */
export async function serversConnected(databaseUrl: string): Promise<number | null> {
  if (new URL(databaseUrl).searchParams.has('application_name')) return null;
  return withConnection(databaseUrl, async (client) => {
    const { rows } = await client.query<{ servers: number }>(
      'SELECT count(*)::int AS servers FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE $1',
      [`${unawareName}%${noticesName}`],
    );
    return (rows[0] as { servers: number }).servers;
  });
}
