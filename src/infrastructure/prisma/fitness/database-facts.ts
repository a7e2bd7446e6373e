import type { ClientBase } from 'pg';

/** What a database is to the role that is connected to it. */
export interface DatabaseFacts {
  readonly role: string;
  readonly searchPath: string;
  /** The one in which what has no other name is looked for first, and made; `null`: there is none on the search path that the role may use. */
  readonly schema: string | null;
  /** Where our tables are found, if they are there. */
  readonly tablesIn: string | null;
}

/** One table of ours that nobody else's program is likely to have. */
const ours = "to_regclass('access_token_partitions')";

const question = `
  SELECT current_user AS role, current_setting('search_path') AS "searchPath", current_schema() AS schema,
    (SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = ${ours}) AS "tablesIn"`;

/** Asks for all of it at once. */
export async function databaseFacts(client: ClientBase): Promise<DatabaseFacts> {
  const { rows } = await client.query<DatabaseFacts>(question);
  return rows[0] as DatabaseFacts;
}
