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
  /** Whoever may connect may make functions in the schema, and there are others who may connect. */
  readonly open: boolean;
  /** What somebody else owns in the schema and is called as something of PostgreSQL's own is: those of extensions first, and no more than there is need to tell. */
  readonly lookalikes: readonly Lookalike[];
  /** A table of ours, or the sequence of one, that the role may not read or write; `null`: none. */
  readonly barred: string | null;
  /** May it make tables in the schema? */
  readonly mayCreate: boolean;
  /** A table that has to be changed by its owner, as whose the role does not count, and who that is. */
  readonly others: { readonly table: string; readonly owner: string } | null;
}

/** `name`: as it can be named in `DROP`. `extension`: which it is part of, and without which it cannot be dropped. */
export interface Lookalike {
  readonly kind: 'ROUTINE' | 'OPERATOR';
  readonly name: string;
  readonly owner: string;
  readonly extension: string | null;
}

/** How many of them are told at once; one more is asked for, to know whether there are. */
export const lookalikesTold = 10;

/** One table of ours that nobody else's program is likely to have. */
const ours = "pg_catalog.to_regclass('access_token_partitions')::oid";

/** Roles that are not this one, nor may do everything anyway, nor own our tables. */
const isAnother = `NOT r.rolsuper AND r.rolname <> current_user AND r.oid IS DISTINCT FROM (SELECT relowner FROM pg_class WHERE oid = ${ours})`;

const schema = 'pg_catalog.quote_ident(current_schema()::text)::regnamespace';

const lookalikes = `
  SELECT 'ROUTINE' AS kind, 'pg_catalog.pg_proc'::regclass AS class, p.oid, p.proowner AS owner, pg_catalog.format('%I.%I(%s)', current_schema(), p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)) AS name
  FROM pg_proc p WHERE p.pronamespace = ${schema} AND EXISTS (SELECT FROM pg_proc o WHERE o.proname = p.proname AND o.pronamespace = 'pg_catalog'::regnamespace)
  UNION ALL
  SELECT 'OPERATOR', 'pg_catalog.pg_operator'::regclass, p.oid, p.oprowner, p.oid::regoperator::text
  FROM pg_operator p WHERE p.oprnamespace = ${schema} AND EXISTS (SELECT FROM pg_operator o WHERE o.oprname = p.oprname AND o.oprnamespace = 'pg_catalog'::regnamespace)`;

/** Functions by their whole names: another one of a name would be taken, and run as this role, where it fits an argument better and lies in a schema of the search path. */
const question = `
  SELECT pg_catalog.current_setting('server_encoding') AS encoding, current_user AS role, pg_catalog.current_setting('search_path') AS "searchPath", current_schema() AS schema,
    (SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = ${ours}) AS "tablesIn",
    pg_catalog.pg_is_in_recovery() AS standby, pg_catalog.current_setting('transaction_read_only')::boolean AS "readOnly",
    EXISTS (SELECT FROM pg_namespace n, pg_catalog.aclexplode(n.nspacl) a WHERE n.nspname = current_schema() AND a.grantee = 0 AND a.privilege_type = 'CREATE')
      AND EXISTS (SELECT FROM pg_roles r, pg_database d WHERE d.datname = current_database() AND r.rolcanlogin AND ${isAnother}
        AND pg_catalog.has_database_privilege(r.oid, d.oid, 'CONNECT')) AS open,
    (SELECT COALESCE(pg_catalog.json_agg(one), '[]') FROM (SELECT l.kind, l.name, r.rolname AS owner, e.extname AS extension FROM (${lookalikes}) l JOIN pg_roles r ON r.oid = l.owner
      LEFT JOIN pg_depend d ON d.classid = l.class AND d.objid = l.oid AND d.deptype = 'e' LEFT JOIN pg_extension e ON e.oid = d.refobjid
      WHERE ${isAnother} ORDER BY e.extname NULLS LAST, l.name LIMIT ${lookalikesTold + 1}) one) AS lookalikes,
    (SELECT pg_catalog.min(t.relname::text) FROM pg_class o JOIN pg_class t ON t.relnamespace = o.relnamespace AND t.relowner = o.relowner
      WHERE o.oid = ${ours} AND t.relkind IN ('r', 'p', 'S') AND NOT t.relispartition AND NOT CASE t.relkind
        WHEN 'S' THEN pg_catalog.has_sequence_privilege(t.oid, 'USAGE')
        ELSE pg_catalog.has_table_privilege(t.oid, 'SELECT') AND pg_catalog.has_table_privilege(t.oid, 'INSERT') AND pg_catalog.has_table_privilege(t.oid, 'UPDATE') AND pg_catalog.has_table_privilege(t.oid, 'DELETE')
      END) AS barred,
    pg_catalog.has_schema_privilege(current_schema()::text, 'CREATE') AS "mayCreate",
    (SELECT pg_catalog.json_build_object('table', t.relname, 'owner', pg_catalog.pg_get_userbyid(t.relowner)) FROM pg_class t
      WHERE t.relnamespace = ${schema} AND NOT pg_catalog.pg_has_role(t.relowner, 'USAGE') AND (
        t.oid IN (pg_catalog.to_regclass('_prisma_migrations')::oid, pg_catalog.to_regclass('access_tokens')::oid, ${ours})
        OR t.oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = pg_catalog.to_regclass('access_tokens')::oid)
      ) ORDER BY t.relname LIMIT 1) AS others`;

/** Asks for all of it at once. */
export async function databaseFacts(client: ClientBase): Promise<DatabaseFacts> {
  const { rows } = await client.query<DatabaseFacts>(question);
  return rows[0] as DatabaseFacts;
}
