import type { ClientBase } from 'pg';
import { keyOf, type MovedTable } from './moved-table.js';
import type { KeyText } from './row-transfer.js';

/** A digest of each row that lies after one key and up to another, by the row's key. Numbers of transactions are left out. */
export async function rowDigests(database: ClientBase, table: MovedTable, after: KeyText | null, upTo: KeyText | null): Promise<Map<string, string>> {
  const from = after && `${keyOf(table)} > ${keyOf(table, (_, index) => `$${index + 1}`)}`;
  const to = upTo && `${keyOf(table)} <= ${keyOf(table, (_, index) => `$${index + 1 + (after?.length ?? 0)}`)}`;
  const row = `jsonb_build_array(${table.columns.map((column) => `t."${column}"`).join(', ')})::text`;
  const { rows } = await database.query<{ key: string; digest: string }>(
    `SELECT json_build_array(${table.key.map(({ column }) => `t."${column}"::text`).join(', ')})::text AS key, encode(sha256(convert_to(${row}, 'UTF8')), 'base64') AS digest
     FROM "${table.name}" t WHERE ${[from, to].filter((one) => one !== null).join(' AND ') || 'true'}`,
    [...(after ?? []), ...(upTo ?? [])],
  );
  return new Map(rows.map(({ key, digest }) => [key, digest]));
}

/** The keys of rows that were changed and not yet copied again, as `rowDigests` writes them. */
export async function pendingKeys(from: ClientBase, table: MovedTable): Promise<Set<string>> {
  const { rows } = await from.query<{ key: string }>(
    `SELECT json_build_array(${table.key.map(({ column }) => `key ->> '${column}'`).join(', ')})::text AS key FROM store_changes WHERE kind = $1`,
    [table.name],
  );
  return new Set(rows.map(({ key }) => key));
}

/** The key of the last of `limit` rows after a key; `null`: fewer are left. */
export async function endOfPage(database: ClientBase, table: MovedTable, after: KeyText | null, limit: number): Promise<KeyText | null> {
  const { rows } = await database.query<{ key: KeyText }>(
    `SELECT json_build_array(${table.key.map(({ column }) => `t."${column}"::text`).join(', ')}) AS key FROM "${table.name}" t
     ${after === null ? '' : `WHERE ${keyOf(table)} > ${keyOf(table, (_, index) => `$${index + 2}`)}`}
     ORDER BY ${keyOf(table).slice(1, -1)} OFFSET $1 LIMIT 1`,
    [limit - 1, ...(after ?? [])],
  );
  return rows[0]?.key ?? null;
}
