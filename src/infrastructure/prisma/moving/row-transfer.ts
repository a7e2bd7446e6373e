import type { ClientBase } from 'pg';
import type { MovedRecord } from '../../../application/ports/moved-store.js';
import { keyOf, type MovedTable } from './moved-table.js';

/** A row as PostgreSQL writes it: digests and sealed answers travel as they are. */
export type Row = Readonly<Record<string, unknown>>;

export interface RowRecord extends MovedRecord {
  readonly value: Row;
}

/** At most `limit` rows after a key, in the order of the key. */
export async function rowsAfter(database: ClientBase, table: MovedTable, after: string | null, limit: number): Promise<RowRecord[]> {
  const values = after === null ? [] : (JSON.parse(after) as string[]);
  const { rows } = await database.query<Found>(
    `SELECT ${keyArray(table)} AS key, ${rowJson(table)} AS value FROM "${table.name}" t
     ${after === null ? '' : `WHERE ${keyOf(table)} > ${keyOf(table, (_, index) => `$${index + 2}`)}`}
     ORDER BY ${keyOf(table).slice(1, -1)} LIMIT $1`,
    [limit, ...values],
  );
  return rows.map(recordOf);
}

/** Those that are there of the rows with these keys. */
export async function rowsWithKeys(database: ClientBase, table: MovedTable, keys: readonly string[]): Promise<RowRecord[]> {
  if (keys.length === 0) return [];
  const { rows } = await database.query<Found>(
    `SELECT ${keyArray(table)} AS key, ${rowJson(table)} AS value FROM "${table.name}" t WHERE ${keyOf(table)} IN (SELECT ${keySet(table)})`,
    [keyColumns(table, keys)],
  );
  return rows.map(recordOf);
}

/** Writes rows over what is there. Doing it again changes nothing. */
export async function putRows(database: ClientBase, table: MovedTable, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = table.columns.map((column) => `"${column}"`).join(', ');
  const changed = table.columns.filter((column) => !table.key.some((part) => part.column === column)).map((column) => `"${column}" = EXCLUDED."${column}"`);
  await database.query(
    `INSERT INTO "${table.name}" (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::"${table.name}", $1::jsonb)
     ON CONFLICT (${table.key.map(({ column }) => `"${column}"`).join(', ')}) DO ${changed.length === 0 ? 'NOTHING' : `UPDATE SET ${changed.join(', ')}`}`,
    [JSON.stringify(rows)],
  );
}

export async function removeRows(database: ClientBase, table: MovedTable, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await database.query(`DELETE FROM "${table.name}" t WHERE ${keyOf(table)} IN (SELECT ${keySet(table)})`, [keyColumns(table, keys)]);
}

/** Addresses are unique: who gave one up and who took it over may arrive together, so those who arrive leave theirs first. */
export async function leaveAddresses(database: ClientBase, rows: readonly Row[]): Promise<void> {
  await database.query(
    `UPDATE users SET email = 'moving:' || users.id FROM jsonb_populate_recordset(NULL::users, $1::jsonb) AS r WHERE users.id = r.id AND users.email <> r.email`,
    [JSON.stringify(rows)],
  );
}

interface Found {
  readonly key: readonly string[];
  readonly value: Row;
}

function recordOf({ key, value }: Found): RowRecord {
  return { key: JSON.stringify(key), value };
}

function keyArray({ key }: MovedTable): string {
  return `json_build_array(${key.map(({ column }) => `t."${column}"::text`).join(', ')})`;
}

/** What moves of a row: the numbers of transactions mean something in their own database only. */
function rowJson({ columns, types }: MovedTable): string {
  const left = Object.keys(types).filter((column) => !columns.includes(column));
  return left.reduce((json, column) => `${json} - '${column}'`, 'to_jsonb(t)');
}

/** Keys as what `keySet` reads: for each an object of its columns. */
function keyColumns({ key }: MovedTable, keys: readonly string[]): string {
  return JSON.stringify(
    keys.map((text) => {
      const values = JSON.parse(text) as string[];
      return Object.fromEntries(key.map(({ column }, index) => [column, values[index]]));
    }),
  );
}

function keySet(table: MovedTable): string {
  const { key } = table;
  const columns = keyOf(table, (column) => `k."${column}"`).slice(1, -1);
  return `${columns} FROM jsonb_to_recordset($1::jsonb) AS k(${key.map(({ column, type }) => `"${column}" ${type}`).join(', ')})`;
}
