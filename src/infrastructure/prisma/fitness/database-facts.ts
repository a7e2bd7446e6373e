import type { ClientBase } from 'pg';

/** What a database is to the role that is connected to it. */
export interface DatabaseFacts {
  /** In which it keeps text, as PostgreSQL calls it: `UTF8`, `LATIN1`, `SQL_ASCII` … */
  readonly encoding: string;
  readonly role: string;
  readonly searchPath: string;
  /** The one in which what has no other name is looked for first, and made; `null`: there is none on the search path that the role may use. */
  readonly schema: string | null;
  /** Where our tables are found, if they are there. */
  readonly tablesIn: string | null;
  /** It follows another, and can only be read. */
  readonly standby: boolean;
  /** Transactions of the role only read. */
  readonly readOnly: boolean;
  /** A table of ours, or the sequence of one, that the role may not read or write; `null`: none. */
  readonly barred: string | null;
  /** May it make tables in the schema? */
  readonly mayCreate: boolean;
  /** A table that has to be changed by its owner, as whose the role does not count, and who that is. */
  readonly others: { readonly table: string; readonly owner: string } | null;
}

/** One table of ours that nobody else's program is likely to have. */
const ours = "pg_catalog.to_regclass('access_token_partitions')::oid";

/** Functions by their whole names: another one of a name would be taken, and run as this role, where it fits an argument better and lies in a schema of the search path. */
const question = `
  SELECT pg_catalog.current_setting('server_encoding') AS encoding, current_user AS role, pg_catalog.current_setting('search_path') AS "searchPath", current_schema() AS schema,
    (SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = ${ours}) AS "tablesIn",
    pg_catalog.pg_is_in_recovery() AS standby, pg_catalog.current_setting('transaction_read_only')::boolean AS "readOnly",
    (SELECT pg_catalog.min(t.relname::text) FROM pg_class o JOIN pg_class t ON t.relnamespace = o.relnamespace AND t.relowner = o.relowner
      WHERE o.oid = ${ours} AND t.relkind IN ('r', 'p', 'S') AND NOT t.relispartition AND NOT CASE t.relkind
        WHEN 'S' THEN pg_catalog.has_sequence_privilege(t.oid, 'USAGE')
        ELSE pg_catalog.has_table_privilege(t.oid, 'SELECT') AND pg_catalog.has_table_privilege(t.oid, 'INSERT') AND pg_catalog.has_table_privilege(t.oid, 'UPDATE') AND pg_catalog.has_table_privilege(t.oid, 'DELETE')
      END) AS barred,
    pg_catalog.has_schema_privilege(current_schema()::text, 'CREATE') AS "mayCreate",
    (SELECT pg_catalog.json_build_object('table', t.relname, 'owner', pg_catalog.pg_get_userbyid(t.relowner)) FROM pg_class t
      WHERE t.relnamespace = pg_catalog.quote_ident(current_schema()::text)::regnamespace AND NOT pg_catalog.pg_has_role(t.relowner, 'USAGE') AND (
        t.oid IN (pg_catalog.to_regclass('_prisma_migrations')::oid, pg_catalog.to_regclass('access_tokens')::oid, ${ours})
        OR t.oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = pg_catalog.to_regclass('access_tokens')::oid)
      ) ORDER BY t.relname LIMIT 1) AS others`;

/** Asks for all of it at once. */
export async function databaseFacts(client: ClientBase): Promise<DatabaseFacts> {
  const { rows } = await client.query<DatabaseFacts>(question);
  return rows[0] as DatabaseFacts;
}
