import type { Client } from 'pg';
import type { LeavingStore, MovedChange, MoveState } from '../../../application/ports/moved-store.js';
import { MoveRefused } from '../../moving/move-refused.js';
import { unawareName } from '../connection-settings.js';
import { sqlStateOf, sqlStates } from '../sql-states.js';
import { addTriggers, dropTriggers } from './move-triggers.js';
import type { MovedTable } from './moved-table.js';

type Departure = Omit<LeavingStore, 'kinds' | 'page' | 'read' | 'count' | 'identity'>;

/** How a database is left: what is known of its move is a row beside the data, and what changes meanwhile is noted by triggers. `tables` are all that move. */
export class PostgresDeparture implements Departure {
  constructor(
    private readonly database: Client,
    private readonly tables: readonly MovedTable[],
    /** Every table: after the move each refuses changes. */
    private readonly all: readonly MovedTable[],
  ) {}

  async state(): Promise<MoveState | null> {
    const { rows } = await this.database.query<MoveState>('SELECT destination, phase AS stage, progress FROM store_moves');
    return rows[0] ?? null;
  }

  async begin(destination: string): Promise<void> {
    await this.database.query("INSERT INTO store_moves (id, destination, phase) VALUES (1, $1, 'copying') ON CONFLICT (id) DO NOTHING", [destination]);
    await addTriggers(this.database, this.tables, this.all);
  }

  async reached(kind: string, place: string | true): Promise<void> {
    await this.database.query('UPDATE store_moves SET progress = progress || jsonb_build_object($1::text, $2::jsonb)', [kind, JSON.stringify(place)]);
  }

  async changes(limit: number): Promise<readonly MovedChange[]> {
    const { rows } = await this.database.query<{ id: string; kind: string; key: Record<string, unknown> }>(
      'SELECT id::text, kind, key FROM store_changes ORDER BY id LIMIT $1',
      [limit],
    );
    return rows.map(({ id, kind, key }) => ({ id, kind, key: this.keyText(kind, key) }));
  }

  /** By their ids: one that was drawn earlier may be seen later. */
  async forget(changes: readonly MovedChange[]): Promise<void> {
    await this.database.query('DELETE FROM store_changes WHERE id = ANY ($1::bigint[])', [changes.map(({ id }) => id)]);
  }

  async noteChanged(kind: string, keys: readonly string[]): Promise<void> {
    const table = this.tables.find(({ name }) => name === kind) as MovedTable;
    const objects = keys.map((text) => {
      const values = JSON.parse(text) as string[];
      return Object.fromEntries(table.key.map(({ column }, index) => [column, values[index]]));
    });
    await this.database.query('INSERT INTO store_changes (kind, key) SELECT $1, one FROM jsonb_array_elements($2::jsonb) AS one', [
      kind,
      JSON.stringify(objects),
    ]);
  }

  async unaware(): Promise<number> {
    const { rows } = await this.database.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND application_name = ANY ($1)',
      [[unawareName, `${unawareName} notices`]],
    );
    return rows[0]?.count ?? 0;
  }

  async hold(milliseconds: number): Promise<void> {
    await this.database.query("UPDATE store_moves SET phase = 'held', held_until = clock_timestamp() + $1 * interval '1 millisecond'", [milliseconds]);
  }

  async release(): Promise<void> {
    await this.database.query("UPDATE store_moves SET phase = 'copying', held_until = NULL WHERE phase = 'held'");
  }

  /** The commit that says it is moved had all tables locked, so that nothing can come after the last change that was copied. */
  async leave(spare: number, last: () => Promise<void>): Promise<boolean> {
    try {
      await this.database.query("BEGIN; SET LOCAL lock_timeout = '3s'");
      await this.database.query(`LOCK TABLE ${this.all.map(({ name }) => `"${name}"`).join(', ')} IN EXCLUSIVE MODE`);
      await last();
      const { rowCount } = await this.database.query(
        `UPDATE store_moves SET phase = 'moved', held_until = NULL WHERE phase = 'held' AND held_until > clock_timestamp() + $1 * interval '1 millisecond'`,
        [spare],
      );
      await this.database.query(rowCount === 1 ? 'COMMIT' : 'ROLLBACK');
      return rowCount === 1;
    } catch (error) {
      await this.database.query('ROLLBACK');
      if (sqlStateOf(error) !== sqlStates.lockNotAvailable) throw error;
      throw new MoveRefused('the old store was too busy to be held; nothing was switched: try again');
    }
  }

  async abandon(): Promise<void> {
    await dropTriggers(this.database, this.all);
    await this.database.query('DELETE FROM store_changes; DELETE FROM store_moves');
  }

  private keyText(kind: string, key: Record<string, unknown>): string {
    const table = this.tables.find(({ name }) => name === kind);
    return JSON.stringify(table?.key.map(({ column }) => String(key[column])) ?? []);
  }
}
