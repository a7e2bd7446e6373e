import type { ClientBase } from 'pg';
import { keyOf, type MovedTable } from './moved-table.js';

/** The values of the columns of a key, as text. */
export type KeyText = readonly string[];

export interface RowPage {
  /** A JSON array, as PostgreSQL wrote it. Digests and sealed answers travel as they are. */
  readonly rows: string;
  readonly count: number;
  /** The key of the last one; `null`: there is none. */
  readonly last: KeyText | null;
}

/** At most `limit` rows after a key. */
export async function rowsAfter(database: ClientBase, table: MovedTable, after: KeyText | null, limit: number): Promise<RowPage> {
  const { rows } = await database.query<RowPage>(
    `SELECT COALESCE(json_agg(page.row), '[]')::text AS rows, count(*)::int AS count, (json_agg(page.key))->-1 AS last
     FROM (SELECT to_jsonb(t) AS row, json_build_array(${table.key.map(({ column }) => `t."${column}"::text`).join(', ')}) AS key
       FROM "${table.name}" t ${after === null ? '' : `WHERE ${keyOf(table)} > ${keyOf(table, (_, index) => `$${index + 2}`)}`}
       ORDER BY ${keyOf(table).slice(1, -1)} LIMIT $1) AS page`,
    [limit, ...(after ?? [])],
  );
  return rows[0] as RowPage;
}

/** Those that are there of the rows with these keys (a JSON array of objects). */
export async function rowsWithKeys(database: ClientBase, table: MovedTable, keys: string): Promise<string> {
  const { rows } = await database.query<{ rows: string }>(
    `SELECT COALESCE(json_agg(to_jsonb(t)), '[]')::text AS rows FROM "${table.name}" t WHERE ${keyOf(table)} IN (SELECT ${keyOf(table, (column) => `k."${column}"`).slice(1, -1)} FROM ${keySet(table)})`,
    [keys],
  );
  return (rows[0] as { rows: string }).rows;
}

/** Writes rows over what is there. Doing it again changes nothing. */
export async function putRows(database: ClientBase, table: MovedTable, rows: string): Promise<void> {
  const columns = table.columns.map((column) => `"${column}"`).join(', ');
  const changed = table.columns.filter((column) => !table.key.some((part) => part.column === column)).map((column) => `"${column}" = EXCLUDED."${column}"`);
  await database.query(
    `INSERT INTO "${table.name}" (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::"${table.name}", $1::jsonb)
     ON CONFLICT (${table.key.map(({ column }) => `"${column}"`).join(', ')}) DO ${changed.length === 0 ? 'NOTHING' : `UPDATE SET ${changed.join(', ')}`}`,
    [rows],
  );
}

/** Deletes those rows with `keys` that are not among `rows`. */
export async function removeOthers(database: ClientBase, table: MovedTable, keys: string, rows: string): Promise<void> {
  const columnsOf = (alias: string) => keyOf(table, (column) => `${alias}."${column}"`).slice(1, -1);
  await database.query(
    `DELETE FROM "${table.name}" t WHERE ${keyOf(table)} IN (SELECT ${columnsOf('k')} FROM ${keySet(table)})
       AND ${keyOf(table)} NOT IN (SELECT ${columnsOf('r')} FROM jsonb_populate_recordset(NULL::"${table.name}", $2::jsonb) AS r)`,
    [keys, rows],
  );
}

/** Addresses are unique: who gave one up and who took it over may arrive together, so those who arrive leave theirs first. */
export async function leaveAddresses(database: ClientBase, rows: string): Promise<void> {
  await database.query(
    `UPDATE users SET email = 'moving:' || users.id FROM jsonb_populate_recordset(NULL::users, $1::jsonb) AS r WHERE users.id = r.id AND users.email <> r.email`,
    [rows],
  );
}

function keySet(table: MovedTable): string {
  return `jsonb_to_recordset($1::jsonb) AS k(${table.key.map(({ column, type }) => `"${column}" ${type}`).join(', ')})`;
}
