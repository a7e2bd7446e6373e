import { noticesName, unawareName } from './connection-settings.js';
import { withConnection } from './migrate-connection.js';

export interface DatabaseFigures {
  /** By its own clock. */
  readonly now: Date;
  /** How many connections it takes from this role: the least of the limits of the server, for those who are no superusers, of the role and of the database. */
  readonly connectionsAllowed: number;
  /** How many processes of servers listen to it for notices, each of them on a connection of its own; `null` where the address gives connections another name. */
  readonly serversConnected: number | null;
}

const question = `
  SELECT clock_timestamp() AS now,
    least(
      pg_catalog.current_setting('max_connections')::int - pg_catalog.current_setting('superuser_reserved_connections')::int - coalesce(pg_catalog.current_setting('reserved_connections', true), '0')::int,
      (SELECT nullif(rolconnlimit, -1) FROM pg_roles WHERE rolname = current_user),
      (SELECT nullif(datconnlimit, -1) FROM pg_database WHERE datname = current_database())
    ) AS "connectionsAllowed",
    (SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE $1) AS "serversConnected"`;

/** Asks for all of it at once. Throws as `withConnection` does. */
export function databaseFigures(databaseUrl: string): Promise<DatabaseFigures> {
  return withConnection(databaseUrl, async (client) => {
    const { rows } = await client.query<DatabaseFigures>(question, [`${unawareName}%${noticesName}`]);
    const figures = rows[0] as DatabaseFigures;
    return new URL(databaseUrl).searchParams.has('application_name') ? { ...figures, serversConnected: null } : figures;
  });
}
