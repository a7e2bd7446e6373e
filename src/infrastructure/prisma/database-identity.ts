import type { ClientBase } from 'pg';
import { StoreUnfit } from '../../application/ports/store-unfit.js';
import { addressOf } from './database-address.js';
import { withConnection } from './migrate-connection.js';

/**
 * SQL: how the cluster names itself, and `''` where an operator took away the role's right to ask. The right to what a statement names is looked at before it runs,
 * so this names it only as it runs: every statement goes by the right of its moment, and all instances say the same.
 */
export const clusterName = `CASE WHEN has_function_privilege(to_regprocedure('pg_control_system()'), 'EXECUTE') THEN
  substring(query_to_xml('SELECT system_identifier FROM pg_control_system()', true, true, '')::text FROM '<system_identifier>(.+)</system_identifier>') ELSE '' END`;

/** What a database is called by its own server, whatever address it is reached under. */
export interface DatabaseIdentity {
  /** As `clusterName`. */
  readonly cluster: string;
  /** Its number in the cluster. */
  readonly oid: string;
  /** Whose right it is to ask. */
  readonly role: string;
}

export async function identityOf(database: ClientBase): Promise<DatabaseIdentity> {
  const { rows } = await database.query<DatabaseIdentity>(
    `SELECT ${clusterName} AS cluster, current_user AS role, (SELECT oid::text FROM pg_database WHERE datname = current_database()) AS oid`,
  );
  return rows[0] as DatabaseIdentity;
}

/** Whether two ways lead to two databases for certain; where a cluster does not tell its name, their numbers alone can. */
export function areApart(one: DatabaseIdentity, other: DatabaseIdentity): boolean {
  return one.oid !== other.oid || (one.cluster !== '' && other.cluster !== '' && one.cluster !== other.cluster);
}

/** The name of a database that no other has, for who must be certain. Throws `StoreUnfit` where the role may not ask for it. */
export async function certainName(database: ClientBase, databaseUrl: string): Promise<string> {
  const { cluster, oid, role } = await identityOf(database);
  if (cluster !== '') return `${cluster}/${oid}`;
  const reason = `the database at ${addressOf(databaseUrl)} does not tell the role ${role} the name of its cluster`;
  throw new StoreUnfit(reason, `GRANT EXECUTE ON FUNCTION pg_control_system() TO ${role}`);
}

/** The same, asked over a connection of its own. Throws as `withConnection` does, too. */
export function databaseName(databaseUrl: string): Promise<string> {
  return withConnection(databaseUrl, (client) => certainName(client, databaseUrl));
}
