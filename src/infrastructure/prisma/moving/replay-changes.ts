import type { ClientBase } from 'pg';
import type { MovedTable } from './moved-table.js';
import { leaveAddresses, putRows, removeOthers, rowsWithKeys } from './row-transfer.js';

export interface TwoDatabases<Connection extends ClientBase = ClientBase> {
  readonly from: Connection;
  readonly to: Connection;
  readonly tables: readonly MovedTable[];
}

/** Changes that are copied together. */
export const batch = 1000;

/** Copies again what was changed since, as it is now; answers how many changes there were, at most a thousand. What is noted meanwhile waits for the next call. */
export async function replayChanges({ from, to, tables }: TwoDatabases): Promise<number> {
  const { rows: changes } = await from.query<{ id: string; kind: string; key: object }>('SELECT id, kind, key FROM store_changes ORDER BY id LIMIT $1', [
    batch,
  ]);
  if (changes.length === 0) return 0;
  const touched = tables.flatMap((table) => {
    const keys = new Set(changes.filter(({ kind }) => kind === table.name).map(({ key }) => JSON.stringify(key)));
    return keys.size === 0 ? [] : [{ table, keys: `[${[...keys].join(',')}]` }];
  });
  const current: { table: MovedTable; keys: string; rows: string }[] = [];
  for (const { table, keys } of touched) current.push({ table, keys, rows: await rowsWithKeys(from, table, keys) });
  await copying(to, async () => {
    for (const { table, rows } of current) {
      if (table.name === 'users') await leaveAddresses(to, rows);
      await putCopied(to, table, rows);
    }
    for (const { table, keys, rows } of current.toReversed()) await removeOthers(to, table, keys, rows);
  });
  // Only now: were the process to end before, they would be copied once more.
  await from.query('DELETE FROM store_changes WHERE id = ANY ($1::bigint[])', [changes.map(({ id }) => id)]);
  return changes.length;
}

/** One transaction, to be tried again where something it refers to came in between. */
export async function copying(to: ClientBase, work: () => Promise<void>): Promise<void> {
  await to.query('BEGIN');
  try {
    await work();
    await to.query('COMMIT');
  } catch (error) {
    await to.query('ROLLBACK');
    throw error;
  }
}

/** Puts rows without the triggers logging what they say: that was logged where it happened, and the log is copied too. */
export async function putCopied(to: ClientBase, table: MovedTable, rows: string): Promise<void> {
  await to.query("SELECT set_config('keywright.copying', $1, true)", [table.name === 'revocations' ? 'no' : 'yes']);
  await putRows(to, table, rows);
}

/** Notes rows as if they had been changed just now. */
export async function noteAsChanged(from: ClientBase, table: MovedTable, rows: string): Promise<void> {
  const key = table.key.map(({ column }) => `'${column}', one -> '${column}'`).join(', ');
  await from.query(`INSERT INTO store_changes (kind, key) SELECT $1, jsonb_build_object(${key}) FROM jsonb_array_elements($2::jsonb) AS one`, [
    table.name,
    rows,
  ]);
}

/** A foreign key or unique index says that another row must come first. */
export function isOvertaken(error: unknown): boolean {
  return ['23503', '23505'].includes((error as { code?: string }).code ?? '');
}

/** Tries again, from reading on, what was overtaken by a change. */
export async function unlessOvertaken<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isOvertaken(error) || attempt === 20) throw error;
    }
  }
}
