import type { ClientBase } from 'pg';

/** What a database is to the role that is connected to it. */
export interface DatabaseFacts {
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
  /** A table of ours that the role may not read or write; `null`: none. */
  readonly barred: string | null;
}

/** One table of ours that nobody else's program is likely to have. */
const ours = "to_regclass('access_token_partitions')";

const question = `
  SELECT current_user AS role, current_setting('search_path') AS "searchPath", current_schema() AS schema,
    (SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = ${ours}) AS "tablesIn",
    pg_is_in_recovery() AS standby, current_setting('transaction_read_only')::boolean AS "readOnly",
    (SELECT min(t.relname::text) FROM pg_class o JOIN pg_class t ON t.relnamespace = o.relnamespace AND t.relowner = o.relowner
      WHERE o.oid = ${ours} AND t.relkind IN ('r', 'p') AND NOT t.relispartition AND NOT (
        has_table_privilege(t.oid, 'SELECT') AND has_table_privilege(t.oid, 'INSERT') AND has_table_privilege(t.oid, 'UPDATE') AND has_table_privilege(t.oid, 'DELETE')
      )) AS barred`;

/** Asks for all of it at once. */
export async function databaseFacts(client: ClientBase): Promise<DatabaseFacts> {
  const { rows } = await client.query<DatabaseFacts>(question);
  return rows[0] as DatabaseFacts;
}
