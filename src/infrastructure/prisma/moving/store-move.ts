import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { StorageUnavailable } from '../../../application/ports/storage-unavailable.js';
import { MoveRefused } from '../../moving/move-refused.js';
import { leaseTime } from '../../moving/phase-watch.js';
import { migrate } from '../migrate.js';
import { addTriggers, dropTriggers } from './move-triggers.js';
import { type MovedTable, movedTables } from './moved-table.js';
import { endOfPage, pendingKeys, rowDigests } from './page-digest.js';
import { batch, copying, isOvertaken, noteAsChanged, putCopied, replayChanges, type TwoDatabases, unlessOvertaken } from './replay-changes.js';
import { type KeyText, type RowPage, rowsAfter } from './row-transfer.js';

/** How far a copy is: rows of all tables, and the table that is being copied. */
export interface MoveProgress {
  readonly step: 'copying' | 'checking' | 'following';
  readonly table: string;
  readonly done: number;
  readonly total: number;
}

export interface TableCheck {
  readonly table: string;
  readonly rows: number;
  /** Rows that are not the same in both, or not in both. */
  readonly differences: number;
}

type Report = (progress: MoveProgress) => void;

const pageSize = 1000;
/** Milliseconds after which a hold that nobody ended counts as given up; and those that must be left of it when the move is decided. */
const hold = { longest: 15_000, spare: 5000 };
/** The bytes of "kwmv": only one process copies between two databases. */
const moveLock = 0x6b776d76;

/**
 * The move of one PostgreSQL database into another while servers use it. Everything about it is kept in the old one: the phase, what changed, how far the copy
 * is. See docs/adr/0028.
 */
export class StoreMove {
  private constructor(
    private readonly both: TwoDatabases<Client>,
    private readonly destination: string,
  ) {}

  /** Connects to both and brings both up to date. Throws `MoveRefused`, `MigrationError`, `StorageUnavailable`. */
  static async open(fromUrl: string, toUrl: string): Promise<StoreMove> {
    for (const databaseUrl of [fromUrl, toUrl]) await migrate({ databaseUrl });
    const from = await connected(fromUrl);
    try {
      const to = await connected(toUrl);
      try {
        const destination = await identityOf(to);
        if (destination === (await identityOf(from))) throw new MoveRefused('--from and --to are the same database');
        for (const database of [from, to]) await claim(database);
        return new StoreMove({ from, to, tables: await movedTables(from) }, destination);
      } catch (error) {
        await to.end();
        throw error;
      }
    } catch (error) {
      await from.end();
      throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.allSettled([this.both.from.end(), this.both.to.end()]);
  }

  /** Copies everything, from where an earlier call was interrupted, and then what was changed meanwhile. */
  async copy(report: Report): Promise<{ readonly rows: number }> {
    const { from, tables } = this.both;
    const progress = await this.begin();
    const counts = new Map<string, number>();
    for (const { name } of tables) counts.set(name, await countOf(from, name));
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    let done = 0;
    for (const table of tables) {
      const state = progress[table.name];
      if (state !== true) {
        let after: KeyText | null = state ?? null;
        for (;;) {
          const page: RowPage = await rowsAfter(from, table, after, pageSize);
          await this.put(table, page);
          done += page.count;
          report({ step: 'copying', table: table.name, done, total: Math.max(total, done) });
          if (page.count < pageSize || page.last === null) break;
          after = page.last;
          await this.note(table.name, after);
        }
        await this.note(table.name, true);
      } else {
        done += counts.get(table.name) ?? 0;
      }
    }
    await this.catchUp((changes) => report({ step: 'following', table: '', done: changes, total: changes }));
    return { rows: done };
  }

  /** Compares every row by its digest, also while servers go on changing them. */
  async check(report: Report): Promise<readonly TableCheck[]> {
    const { from, tables } = this.both;
    const checks: TableCheck[] = [];
    if ((await this.state()).phase === 'moved') throw new MoveRefused('the store has moved: what is in the old database is no longer of today');
    await this.catchUp();
    for (const table of tables) {
      let [rows, differences, after] = [0, 0, null as KeyText | null];
      for (;;) {
        const upTo: KeyText | null = await endOfPage(from, table, after, pageSize);
        const compared = await this.compare(table, after, upTo);
        rows += compared.rows;
        differences += compared.differences;
        report({ step: 'checking', table: table.name, done: rows, total: rows });
        if (upTo === null) break;
        after = upTo;
      }
      checks.push({ table: table.name, rows, differences });
    }
    return checks;
  }

  /**
   * Holds all servers, copies the last changes, and makes the new database the one in which everything is decided. When it throws nothing has changed: the old
   * one goes on being it. Answers for how many milliseconds they waited.
   */
  async switchOver(): Promise<{ readonly held: number }> {
    const { from } = this.both;
    const { phase, progress } = await this.state();
    if (phase === 'moved') return { held: 0 };
    if (this.both.tables.some(({ name }) => progress[name] !== true)) throw new MoveRefused('not everything is copied yet: run `keywright storage copy` first');
    await this.catchUp();
    const start = performance.now();
    await from.query("UPDATE store_moves SET phase = 'held', held_until = clock_timestamp() + $1 * interval '1 millisecond'", [hold.longest]);
    try {
      // By then no server relies on having been told that the old one decides.
      await pause(leaseTime + 200);
      await this.catchUp();
      await from.query("BEGIN; SET LOCAL lock_timeout = '3s'");
      await from.query(`LOCK TABLE ${this.both.tables.map(({ name }) => `"${name}"`).join(', ')} IN EXCLUSIVE MODE`);
      while ((await replayChanges(this.both)) > 0);
      await this.startNumbering();
      const { rowCount } = await from.query(
        `UPDATE store_moves SET phase = 'moved', held_until = NULL WHERE phase = 'held' AND held_until > clock_timestamp() + $1 * interval '1 millisecond'`,
        [hold.spare],
      );
      if (rowCount !== 1) throw new MoveRefused('the last changes took too long to copy; nothing was switched, and everything goes on as before');
      await from.query('COMMIT');
    } catch (error) {
      await from.query('ROLLBACK');
      await from.query("UPDATE store_moves SET phase = 'copying', held_until = NULL WHERE phase = 'held'");
      throw lockedOut(error) ? new MoveRefused('the old store was too busy to be held; nothing was switched: try again') : error;
    }
    return { held: Math.round(performance.now() - start) };
  }

  /** Gives a move up, as long as it is not decided. What was copied stays where it is. */
  async abandon(): Promise<void> {
    if ((await this.state()).phase === 'moved') throw new MoveRefused('this store has moved: that cannot be taken back, but the other one can be moved here');
    await dropTriggers(this.both.from, this.both.tables);
    await this.both.from.query('DELETE FROM store_changes; DELETE FROM store_moves');
  }

  /** What refers to something that came only now, or goes by a name that was just given up, is copied after it, as if it had changed itself. */
  private async put(table: MovedTable, { rows }: RowPage): Promise<void> {
    try {
      await copying(this.both.to, () => putCopied(this.both.to, table, rows));
    } catch (error) {
      if (!isOvertaken(error)) throw error;
      await noteAsChanged(this.both.from, table, rows);
    }
  }

  private async begin(): Promise<Record<string, KeyText | true>> {
    const { from, to, tables } = this.both;
    const known = await from.query<{ destination: string }>('SELECT destination FROM store_moves');
    const earlier = known.rows[0];
    if (earlier === undefined) await this.refuseInhabited();
    else if (earlier.destination !== this.destination)
      throw new MoveRefused('this store is on its way to another database: go on with that one, or give it up with `keywright storage abandon`');
    const moved = await to.query("SELECT FROM store_moves WHERE phase = 'moved'");
    if (moved.rowCount !== 0) throw new MoveRefused('the new database has itself moved elsewhere');
    await from.query("INSERT INTO store_moves (id, destination, phase) VALUES (1, $1, 'copying') ON CONFLICT (id) DO NOTHING", [this.destination]);
    const { phase, progress } = await this.state();
    if (phase === 'moved') throw new MoveRefused('this store has moved already');
    if (phase === 'held') await from.query("UPDATE store_moves SET phase = 'copying', held_until = NULL WHERE phase = 'held'");
    await addTriggers(from, tables);
    return progress;
  }

  private async refuseInhabited(): Promise<void> {
    for (const { name } of this.both.tables) {
      const { rowCount } = await this.both.to.query(`SELECT FROM "${name}" LIMIT 1`);
      if (rowCount !== 0) throw new MoveRefused(`the new database is not empty: there is something in ${name}`);
    }
  }

  private async state(): Promise<{ phase: string; progress: Record<string, KeyText | true> }> {
    const { rows } = await this.both.from.query<{ destination: string; phase: string; progress: Record<string, KeyText | true> }>(
      'SELECT destination, phase, progress FROM store_moves',
    );
    const state = rows[0];
    if (state === undefined) throw new MoveRefused('no move was begun: run `keywright storage copy` first');
    if (state.destination !== this.destination) throw new MoveRefused('this store is on its way to another database');
    return state;
  }

  private async note(table: string, reached: KeyText | true): Promise<void> {
    await this.both.from.query('UPDATE store_moves SET progress = progress || jsonb_build_object($1::text, $2::jsonb)', [table, JSON.stringify(reached)]);
  }

  /** Until little is left: on a busy store there is always some. */
  private async catchUp(report: (changes: number) => void = () => {}): Promise<void> {
    let changes = 0;
    for (let count = batch; count === batch; report(changes)) {
      count = await unlessOvertaken(() => replayChanges(this.both));
      changes += count;
    }
  }

  /** Rows whose latest change is noted but not copied yet are left out; the new database changes by what is copied only, so every other row must be the same. */
  private async compare(table: MovedTable, after: KeyText | null, upTo: KeyText | null): Promise<{ rows: number; differences: number }> {
    const { from, to } = this.both;
    await from.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const [original, pending] = [await rowDigests(from, table, after, upTo), await pendingKeys(from, table)];
    await from.query('COMMIT');
    const copied = await rowDigests(to, table, after, upTo);
    const keys = new Set([...original.keys(), ...copied.keys()]);
    const differing = [...keys].filter((key) => original.get(key) !== copied.get(key) && !pending.has(key));
    return { rows: original.size, differences: differing.length };
  }

  /** Places in the log of revocations are numbers of transactions of the old database: what was copied counts as added just now, so that it is told twice rather than never. */
  private async startNumbering(): Promise<void> {
    await this.both.to.query('UPDATE revocations SET txid = pg_current_xact_id()');
    await this.both.to.query("SELECT setval(pg_get_serial_sequence('revocations', 'id'), GREATEST((SELECT max(id) FROM revocations), 1))");
  }
}

async function connected(connectionString: string): Promise<Client> {
  const client = new Client({
    connectionString,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    application_name: 'keywright move',
    options: '-c TimeZone=UTC',
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (cause) {
    throw new StorageUnavailable(cause);
  }
  return client;
}

/** What a database is called by its own server, whatever address it is reached under. */
async function identityOf(database: Client): Promise<string> {
  const { rows } = await database.query<{ name: string }>(
    "SELECT system_identifier || '/' || (SELECT oid FROM pg_database WHERE datname = current_database()) AS name FROM pg_control_system()",
  );
  return (rows[0] as { name: string }).name;
}

/** Held until the server notices that we are gone, and by then what we were about is over too: a copy that was killed writes nothing behind the back of the next. */
async function claim(database: Client): Promise<void> {
  const { rows } = await database.query<{ claimed: boolean }>('SELECT pg_try_advisory_lock($1) AS claimed', [moveLock]);
  if (!rows[0]?.claimed) throw new MoveRefused('another process is copying from or to one of these databases');
}

async function countOf(database: { query: Client['query'] }, table: string): Promise<number> {
  const { rows } = await database.query<{ count: number }>(`SELECT count(*)::int AS count FROM "${table}"`);
  return (rows[0] as { count: number }).count;
}

function lockedOut(error: unknown): boolean {
  return (error as { code?: string }).code === '55P03';
}
