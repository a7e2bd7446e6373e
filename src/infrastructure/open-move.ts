import type { ArrivingStore, LeavingStore } from '../application/ports/moved-store.js';
import { StorageUnavailable } from '../application/ports/storage-unavailable.js';
import { firstLine } from './load-module.js';
import { MoveRefused } from './moving/move-refused.js';
import { StoreMove } from './moving/store-move.js';
import type { StorageChoice } from './open-chosen.js';
import { isOwnStorage, openOwnStorage } from './own-storage.js';
import { databaseName } from './prisma/database-identity.js';
import { arrivingPostgres, leavingPostgres } from './prisma/moving/postgres-move.js';
import { redisStores } from './redis-stores.js';
import { replacing } from './replacing.js';
import { placeOf } from './store-place.js';

/** A store, and what it takes to be done with it. */
interface Side<Store> {
  readonly store: Store;
  close(): Promise<void>;
}

export interface OpenedMove {
  readonly move: StoreMove;
  close(): Promise<void>;
}

/** The two stores of a move: addresses of PostgreSQL or Redis, or paths of modules. */
export interface MoveChoice extends Pick<StorageChoice, 'databaseUrl' | 'redisPrefix' | 'dataDir'> {
  readonly from: string;
  readonly to: string;
}

/** Opens both stores of a move and brings both up to date. Throws `MoveRefused`, `StoreUnfit`, `ModuleError`, `StorageUnavailable`. */
export async function openMove(choice: MoveChoice): Promise<OpenedMove> {
  const { from, to } = await openSides(choice);
  const close = async () => void (await Promise.allSettled([from.close(), to.close()]));
  try {
    if ((await from.store.identity()) === (await to.store.identity())) throw new MoveRefused('--from and --to are the same store');
    const missing = from.store.kinds.filter((kind) => !to.store.kinds.includes(kind));
    if (missing.length > 0) throw new MoveRefused(`the new store does not take ${missing.join(', ')}`);
    // What only Redis knew to have ended is told to the database, which knows of more.
    const isCompared = (kind: string) => kind !== 'endedGrants' || placeOf(choice.from) !== 'redis';
    return { move: new StoreMove(from.store, to.store, isCompared), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openSides(choice: MoveChoice): Promise<{ from: Side<LeavingStore>; to: Side<ArrivingStore> }> {
  const [left, next] = [placeOf(choice.from), placeOf(choice.to)];
  if (left !== next && [left, next].includes('redis') && [left, next].includes('own'))
    throw new MoveRefused('between Redis and a store of your own go by way of PostgreSQL: move to it first, and from there');
  if (left === 'redis' && next === 'redis') throw new MoveRefused('from one Redis to another go by way of PostgreSQL: move to it first, and from there');
  if (next === 'redis') await refuseOther(choice.databaseUrl, choice.from);
  const view = left === next ? 'rows' : left === 'redis' || next === 'redis' ? 'tokens' : 'records';
  const from =
    left === 'postgresql'
      ? closing(await leavingPostgres(choice.from, view))
      : left === 'redis'
        ? closing(await (await redisStores()).leavingRedis(choice.from, choice.redisPrefix))
        : await leavingOwn(choice);
  try {
    const to =
      next === 'postgresql'
        ? closing(await arrivingPostgres(choice.to, view))
        : next === 'redis'
          ? closing(await (await redisStores()).arrivingRedis(choice.to, choice.redisPrefix))
          : await arrivingOwn(choice);
    return { from, to };
  } catch (error) {
    await from.close();
    throw error;
  }
}

/** Only codes and tokens go to Redis; the database that keeps the rest is the one that they leave. */
async function refuseOther(databaseUrl: string | null, from: string): Promise<void> {
  if (databaseUrl !== null && databaseUrl !== from && (await databaseName(databaseUrl)) !== (await databaseName(from)))
    throw new MoveRefused('DATABASE_URL is not the database that codes and tokens leave for Redis: move to that database first');
}

async function leavingOwn({ from, dataDir }: MoveChoice): Promise<Side<LeavingStore>> {
  const { storage, path } = await openedOwn(from, dataDir);
  if (storage.leaving) return { store: storage.leaving, close: () => storage.close() };
  await storage.close();
  throw new MoveRefused(`the store of ${path} cannot be left while servers use it: it has no leaving`);
}

async function arrivingOwn({ to, dataDir }: MoveChoice): Promise<Side<ArrivingStore>> {
  const { storage, path } = await openedOwn(to, dataDir);
  if (storage.arriving) return { store: refusingClearly(storage.arriving, path), close: () => storage.close() };
  await storage.close();
  throw new MoveRefused(`the store of ${path} cannot be moved to: it has no arriving`);
}

async function openedOwn(path: string, dataDir: string) {
  if (!isOwnStorage(path)) throw new Error(`${path} is no path`);
  const openPostgres = () => Promise.reject(new MoveRefused(`the store of ${path} leaves a part of it to PostgreSQL, and cannot be moved as one`));
  return { storage: await openOwnStorage(path, { env: process.env, dataDir, openPostgres }), path };
}

/** What a team's own store says against being moved to is told in one line. */
function refusingClearly(arriving: ArrivingStore, path: string): ArrivingStore {
  const prepare = async () => {
    try {
      await arriving.prepare();
    } catch (error) {
      throw error instanceof StorageUnavailable ? error : new MoveRefused(`the store of ${path} cannot be moved to: ${firstLine(error)}`);
    }
  };
  return replacing(arriving, { prepare });
}

/** A store that is closed by itself. */
function closing<Store extends { close(): Promise<void> }>(store: Store): Side<Store> {
  return { store, close: () => store.close() };
}
