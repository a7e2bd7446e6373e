import type { Client } from 'pg';
import type { ArrivingStore, LeavingStore, MovedChange } from '../../../application/ports/moved-store.js';
import { MoveRefused } from '../../moving/move-refused.js';
import { besideRedisKinds } from '../../moving/moved-kinds.js';
import { certainName } from '../database-identity.js';
import { migrate } from '../migrate.js';
import { stayingInItsSchema } from '../staying-in-its-schema.js';
import { moveConnection } from './move-connection.js';
import { dropTriggers } from './move-triggers.js';
import { type MovedTable, movedTables } from './moved-table.js';
import { portableKinds } from './portable-records.js';
import { PostgresDeparture } from './postgres-departure.js';
import { PostgresRecords, tableOf, tablesOf } from './postgres-records.js';
import { PostgresRows } from './postgres-rows.js';

/**
 * What the other store is, and so what moves, in which form: another PostgreSQL (`rows`: all tables, as they are), one of another make (`records`), or a Redis
 * that is to keep, or kept, codes and tokens beside this same database (`tokens`).
 */
export type PostgresView = 'rows' | 'records' | 'tokens';

/** A store that is open for a move; `close` lets go of it. */
export type Opened<Side> = Side & { close(): Promise<void> };

async function connected(address: string): Promise<{ database: Client; all: readonly MovedTable[]; close(): Promise<void> }> {
  const databaseUrl = await stayingInItsSchema(address);
  await migrate({ databaseUrl });
  const database = await moveConnection(databaseUrl);
  try {
    return { database, all: await movedTables(database), close: () => database.end() };
  } catch (error) {
    await database.end();
    throw error;
  }
}

/** Opens the database that is left and brings it up to date. Throws `MoveRefused`, `StoreUnfit`, `StorageUnavailable`. */
export async function leavingPostgres(databaseUrl: string, view: PostgresView): Promise<Opened<LeavingStore>> {
  const { database, all, close } = await connected(databaseUrl);
  const rows = new PostgresRows(database, all);
  const identity = () => certainName(database, databaseUrl);
  if (view === 'rows') {
    const departure = new PostgresDeparture(database, all, all);
    return Object.assign(departure, {
      kinds: rows.kinds,
      page: rows.page.bind(rows),
      read: rows.read.bind(rows),
      count: rows.count.bind(rows),
      identity,
      close,
    });
  }
  const records = new PostgresRecords(rows, view === 'tokens' ? besideRedisKinds.fromPostgres : Object.keys(portableKinds));
  const moved = tablesOf(records.kinds);
  const departure = new PostgresDeparture(
    database,
    all.filter(({ name }) => moved.has(name)),
    all,
  );
  const overridden: Pick<LeavingStore, 'kinds' | 'page' | 'read' | 'count' | 'identity' | 'changes' | 'noteChanged'> = {
    kinds: records.kinds,
    page: records.page.bind(records),
    read: records.read.bind(records),
    count: records.count.bind(records),
    identity,
    async changes(limit) {
      const changes = await PostgresDeparture.prototype.changes.call(departure, limit);
      return changes.flatMap(({ id, kind, key }): MovedChange[] => {
        const changed = records.changed(kind, key);
        return changed.length === 0 ? [{ id, kind: '', key }] : changed.map((one) => ({ id, ...one }));
      });
    },
    noteChanged: (kind, keys) => PostgresDeparture.prototype.noteChanged.call(departure, tableOf(kind), keys),
  };
  return Object.assign(departure, overridden, { close });
}

/** Opens the database that is moved to and brings it up to date. Throws as `leavingPostgres` does. */
export async function arrivingPostgres(databaseUrl: string, view: PostgresView): Promise<Opened<ArrivingStore>> {
  const { database, all, close } = await connected(databaseUrl);
  const rows = new PostgresRows(database, all);
  const records = new PostgresRecords(rows, view === 'tokens' ? besideRedisKinds.toPostgres : Object.keys(portableKinds));
  const { kinds, page, read, apply } = view === 'rows' ? rows : records;
  const side = view === 'rows' ? rows : records;
  return {
    kinds,
    page: page.bind(side),
    read: read.bind(side),
    apply: apply.bind(side),
    identity: () => certainName(database, databaseUrl),
    prepare: () => (view === 'tokens' ? emptyOfTokens(rows) : empty(rows)),
    arrive: () => (view === 'tokens' ? takeTokensBack(database, all) : startNumbering(database)),
    close,
  };
}

async function empty(rows: PostgresRows): Promise<void> {
  const { rowCount } = await rows.database.query("SELECT FROM store_moves WHERE phase = 'moved'");
  if (rowCount !== 0) throw new MoveRefused('the new database has itself moved elsewhere');
  for (const kind of rows.kinds) if (!(await rows.isEmpty(kind))) throw new MoveRefused(`the new database is not empty: there is something in ${kind}`);
}

/** Codes and tokens that stayed behind when they moved to Redis are of the past: they are not what decides, and go before the newer ones come. */
async function emptyOfTokens(rows: PostgresRows): Promise<void> {
  const tables = besideRedisKinds.tokens.map(tableOf);
  const { rowCount } = await rows.database.query("SELECT FROM store_moves WHERE phase = 'moved' AND destination LIKE 'redis/%'");
  if (rowCount !== 0) await rows.database.query(`TRUNCATE ${tables.map((name) => `"${name}"`).join(', ')}`);
  for (const name of tables)
    if (!(await rows.isEmpty(name))) throw new MoveRefused(`the database holds codes or tokens of its own: there is something in ${name}`);
}

/** Without a move nothing is refused; and without triggers nothing is even looked at. */
async function takeTokensBack(database: Client, all: readonly MovedTable[]): Promise<void> {
  await database.query('DELETE FROM store_changes; DELETE FROM store_moves');
  await dropTriggers(database, all);
}

/** Places in the log of revocations are numbers of transactions of the old database: what was copied counts as added just now, so that it is told twice rather than never. */
async function startNumbering(database: Client): Promise<void> {
  await database.query('UPDATE revocations SET txid = pg_current_xact_id()');
  await database.query("SELECT setval(pg_get_serial_sequence('revocations', 'id'), GREATEST((SELECT max(id) FROM revocations), 1))");
}
