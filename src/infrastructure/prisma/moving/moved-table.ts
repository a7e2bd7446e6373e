import type { ClientBase } from 'pg';

/** A table that moves, as the catalogue of the database describes it. */
export interface MovedTable {
  readonly name: string;
  /** All that can be written; numbers of transactions mean something in their own database only. */
  readonly columns: readonly string[];
  /** What each column holds, as PostgreSQL calls it. */
  readonly types: Readonly<Record<string, string>>;
  readonly key: readonly { readonly column: string; readonly type: string }[];
}

/** What belongs to the database itself rather than to what is kept in it. */
const ownAffairs = ['_prisma_migrations', 'store_moves', 'store_changes', 'access_token_partitions'];

/** Every table, those first to which others refer. Read from the catalogue, so that one added by a later version moves too. */
export async function movedTables(database: ClientBase): Promise<readonly MovedTable[]> {
  const { rows } = await database.query<MovedTable & { refersTo: string[] }>(
    `
    SELECT t.relname AS name,
      (SELECT pg_catalog.json_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.atttypid <> 'xid8'::regtype) AS columns,
      (SELECT pg_catalog.json_object_agg(a.attname, pg_catalog.format_type(a.atttypid, NULL)) FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped) AS types,
      (SELECT pg_catalog.json_agg(pg_catalog.json_build_object('column', a.attname, 'type', pg_catalog.format_type(a.atttypid, NULL)) ORDER BY k.place)
        FROM pg_index i, pg_catalog.unnest(i.indkey) WITH ORDINALITY AS k(attnum, place), pg_attribute a
        WHERE i.indrelid = t.oid AND i.indisprimary AND a.attrelid = t.oid AND a.attnum = k.attnum) AS key,
      (SELECT COALESCE(pg_catalog.json_agg(r.relname), '[]') FROM pg_constraint c JOIN pg_class r ON r.oid = c.confrelid
        WHERE c.conrelid = t.oid AND c.contype = 'f' AND c.confrelid <> t.oid) AS "refersTo"
    FROM pg_class t WHERE t.relnamespace = pg_catalog.quote_ident(current_schema()::text)::regnamespace AND t.relkind IN ('r', 'p') AND NOT t.relispartition AND t.relname <> ALL ($1)
    ORDER BY t.relname`,
    [ownAffairs],
  );
  return referredFirst(rows);
}

function referredFirst<Table extends { readonly name: string; readonly refersTo: readonly string[] }>(tables: readonly Table[]): Table[] {
  const placed: Table[] = [];
  while (placed.length < tables.length) {
    const names = new Set(placed.map(({ name }) => name));
    const next = tables.filter(({ name, refersTo }) => !names.has(name) && refersTo.every((other) => names.has(other)));
    if (next.length === 0) throw new Error('tables refer to each other in a circle');
    placed.push(...next);
  }
  return placed;
}

/** `("a"::text, "b"::uuid)`: what rows are in the order of. Texts by their bytes, which is the same order in every database. */
export function keyOf({ key }: MovedTable, value: (column: string, index: number) => string = (column) => `t."${column}"`): string {
  return `(${key.map(({ column, type }, index) => `${value(column, index)}::${type}${type === 'text' ? ' COLLATE "C"' : ''}`).join(', ')})`;
}
