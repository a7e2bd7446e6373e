import type { Client } from 'pg';
import type { MovedBatch, MovedPage } from '../../../application/ports/moved-store.js';
import { sqlStateOf, sqlStates } from '../sql-states.js';
import type { MovedTable } from './moved-table.js';
import { leaveAddresses, putRows, type Row, type RowRecord, removeRows, rowsAfter, rowsWithKeys } from './row-transfer.js';

/** A foreign key or a unique index says that another row must come first. */
const anotherFirst: readonly string[] = [sqlStates.foreignKeyViolation, sqlStates.uniqueViolation];

/** A database as a move sees it: tables are kinds, and rows are records, as PostgreSQL writes them. */
export class PostgresRows {
  readonly kinds: readonly string[];
  private readonly tables: ReadonlyMap<string, MovedTable>;

  constructor(
    readonly database: Client,
    tables: readonly MovedTable[],
  ) {
    this.kinds = tables.map(({ name }) => name);
    this.tables = new Map(tables.map((table) => [table.name, table]));
  }

  table(kind: string): MovedTable {
    const table = this.tables.get(kind);
    if (table === undefined) throw new Error(`there is no table ${kind}`);
    return table;
  }

  async page(kind: string, after: string | null, limit: number): Promise<MovedPage & { readonly records: readonly RowRecord[] }> {
    const records = await rowsAfter(this.database, this.table(kind), after, limit);
    return { records, next: records.length < limit ? null : (records.at(-1)?.key ?? null) };
  }

  read(kind: string, keys: readonly string[]): Promise<readonly RowRecord[]> {
    return rowsWithKeys(this.database, this.table(kind), keys);
  }

  async count(kind: string): Promise<number> {
    const { rows } = await this.database.query<{ count: number }>(`SELECT count(*)::int AS count FROM "${this.table(kind).name}"`);
    return (rows[0] as { count: number }).count;
  }

  async isEmpty(kind: string): Promise<boolean> {
    return (await this.database.query(`SELECT FROM "${this.table(kind).name}" LIMIT 1`)).rowCount === 0;
  }

  /** In one transaction, those first to which others refer, and removed in the opposite order. */
  async apply(batches: readonly MovedBatch[]): Promise<'applied' | 'overtaken'> {
    const { database } = this;
    await database.query('BEGIN');
    try {
      for (const { kind, put } of batches) {
        const rows = put.map(({ value }) => value as Row);
        if (kind === 'users' && rows.length > 0) await leaveAddresses(database, rows);
        // Without the triggers logging what rows say: that was logged where it happened, and the log is copied too.
        await database.query("SELECT set_config('keywright.copying', $1, true)", [kind === 'revocations' ? 'no' : 'yes']);
        await putRows(database, this.table(kind), rows);
      }
      await database.query("SELECT set_config('keywright.copying', 'yes', true)");
      for (const { kind, remove } of batches.toReversed()) await removeRows(database, this.table(kind), remove);
      await database.query('COMMIT');
      return 'applied';
    } catch (error) {
      await database.query('ROLLBACK');
      if (anotherFirst.includes(sqlStateOf(error))) return 'overtaken';
      throw error;
    }
  }
}
