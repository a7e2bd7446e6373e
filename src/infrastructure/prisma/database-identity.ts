import type { ClientBase } from 'pg';
import { StoreUnfit } from '../../application/ports/store-unfit.js';
import { addressOf } from './database-address.js';
import { withConnection } from './migrate-connection.js';
import { sqlName } from './sql-name.js';

/** What a database is called by its own server, whatever address it is reached under. */
export interface DatabaseIdentity {
  /** How the cluster names itself; `''` where the role may not ask. */
  readonly cluster: string;
  /** Its number in the cluster. */
  readonly oid: string;
  /** Whose right it is to ask. */
  readonly role: string;
}

/** Also of a database that was not migrated yet. */
export async function identityOf(database: ClientBase): Promise<DatabaseIdentity> {
  const { rows } = await database.query<Omit<DatabaseIdentity, 'cluster'> & { readonly mayAsk: boolean | null }>(
    `SELECT pg_catalog.has_function_privilege(pg_catalog.to_regprocedure('pg_control_system()')::oid, 'EXECUTE') AS "mayAsk", current_user AS role, oid::text
    FROM pg_database WHERE datname = current_database()`,
  );
  const [{ mayAsk, ...identity }] = rows as [(typeof rows)[number]];
  if (!mayAsk) return { ...identity, cluster: '' };
  const named = await database.query<{ readonly cluster: string }>('SELECT system_identifier::text AS cluster FROM pg_catalog.pg_control_system()');
  return { ...identity, cluster: named.rows[0]?.cluster ?? '' };
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
  throw new StoreUnfit(reason, `GRANT EXECUTE ON FUNCTION pg_control_system() TO ${sqlName(role)}`);
}

/** The same, asked over a connection of its own. Throws as `withConnection` does, too. */
export function databaseName(databaseUrl: string): Promise<string> {
  return withConnection(databaseUrl, (client) => certainName(client, databaseUrl));
}
