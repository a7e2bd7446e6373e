import type { MoveState } from '../application/ports/moved-store.js';
import type { Storage } from '../application/ports/storage.js';
import { StoreMoved } from '../application/ports/store-moved.js';
import { startEmbeddedPostgres } from './embedded-postgres/start-embedded-postgres.js';
import { createMemoryStorage } from './memory/create-memory-storage.js';
import { createMovingStorage } from './moving/create-moving-storage.js';
import { MoveRefused } from './moving/move-refused.js';
import type { MovePhase } from './moving/phase-watch.js';
import { isOwnStorage, type OwnStorage, openOwnStorage } from './own-storage.js';
import { createPrismaStorage } from './prisma/create-prisma-storage.js';
import { connectionsAllowed } from './prisma/database-connections.js';
import { databaseTime } from './prisma/database-time.js';
import { migrate } from './prisma/migrate.js';
import { pendingMigrations } from './prisma/migrate-pending.js';
import { hasMoved, phaseReader } from './prisma/moving/read-phase.js';
import { AccessTokenPartitions } from './prisma/partitions/access-token-partitions.js';
import { createRedisStorage } from './redis/create-redis-storage.js';
import { redisPhaseReader } from './redis/moving/redis-phase-reader.js';
import { placeOf } from './store-place.js';

export interface StorageChoice {
  /** A path names a module of the team's own: see docs/write-an-adapter.md. */
  readonly storage: 'postgresql' | 'redis' | 'memory' | OwnStorage;
  /** With `storage` `redis`: where codes and tokens are kept, under keys that begin so. */
  readonly redisUrl: string;
  readonly redisPrefix: string;
  /** `null`: the embedded PostgreSQL under `dataDir`. */
  readonly databaseUrl: string | null;
  /** The same database without a pooler in between; `null`: `databaseUrl` has none. */
  readonly databaseDirectUrl: string | null;
  readonly databasePoolSize: number;
  readonly lifetimes?: { readonly accessToken: number };
  readonly dataDir: string;
  /** The store from which this server is moving to the chosen one: an address of PostgreSQL or Redis, or the path of a module; left out or `null`: it is not. */
  readonly storageFrom?: string | null;
}

/** Told, in a line, what happens to a database that this process looks after. */
type Log = (line: string) => void;

/** The database of a choice, running; `stop` leaves one that others use, or that is not ours, as it is. */
async function openDatabase({ databaseUrl, dataDir }: StorageChoice, log: Log = () => {}): Promise<{ url: string; stop: () => Promise<void> }> {
  return databaseUrl === null ? startEmbeddedPostgres({ dataDir, log }) : { url: databaseUrl, stop: async () => {} };
}

/** Opens the chosen store, brings it up to date, and hands out its repositories. Throws `StorageUnavailable` when it cannot be reached. */
export async function openStorage(choice: StorageChoice, log?: Log): Promise<{ storage: Storage; close: () => Promise<void> }> {
  const chosen = await openChosen(choice, log);
  if (!choice.storageFrom) return chosen;
  try {
    const storage = await movingFrom(choice.storageFrom, chosen.storage, choice);
    return { storage, close: () => closed(storage, chosen.stop) };
  } catch (error) {
    await chosen.close();
    throw error;
  }
}

interface Opened {
  readonly storage: Storage;
  /** Ends what the store was opened on. */
  stop(): Promise<void>;
  /** Closes the store, and ends that. */
  close(): Promise<void>;
}

async function openChosen(choice: StorageChoice, log?: Log): Promise<Opened> {
  if (choice.storage === 'memory') return opened(createMemoryStorage(), async () => {});
  if (isOwnStorage(choice.storage)) return openOwn(choice.storage, choice, log);
  const { lasting, stop } = await openPostgres(choice, log);
  return opened(choice.storage === 'redis' ? createRedisStorage({ ...choice, keyPrefix: choice.redisPrefix, lasting }) : lasting, stop);
}

function opened(storage: Storage, stop: () => Promise<void>): Opened {
  return { storage, stop, close: () => closed(storage, stop) };
}

async function closed(storage: Storage, stop: () => Promise<void>): Promise<void> {
  await storage.close();
  await stop();
}

async function openPostgres(choice: StorageChoice, log?: Log): Promise<{ lasting: Storage; stop: () => Promise<void> }> {
  const database = await openDatabase(choice, log);
  try {
    const databaseDirectUrl = choice.databaseDirectUrl ?? database.url;
    const accessTokenLifetime = choice.lifetimes?.accessToken;
    await migrate({ databaseUrl: databaseDirectUrl });
    await new AccessTokenPartitions(databaseDirectUrl, accessTokenLifetime).prepare();
    const beside = choice.storage === 'redis' ? { beside: 'redis' as const } : {};
    const settings = { databaseUrl: database.url, databaseDirectUrl, poolSize: choice.databasePoolSize, accessTokenLifetime, ...beside };
    return { lasting: createPrismaStorage(settings), stop: database.stop };
  } catch (error) {
    await database.stop();
    throw error;
  }
}

async function openOwn(path: OwnStorage, choice: StorageChoice, log?: Log): Promise<Opened> {
  let postgres: ReturnType<typeof openPostgres> | undefined;
  const stop = async () => (await postgres?.catch(() => undefined))?.stop();
  const surroundings = {
    env: process.env,
    dataDir: choice.dataDir,
    openPostgres: async () => {
      postgres ??= openPostgres(choice, log);
      return (await postgres).lasting;
    },
  };
  try {
    return opened(await openOwnStorage(path, surroundings), stop);
  } catch (error) {
    await (await postgres?.catch(() => undefined))?.lasting.close();
    await stop();
    throw error;
  }
}

/** The store made of the one that is left and the chosen one, which decides what the old one does not decide any more. */
export async function movingFrom(from: string, next: Storage, choice: LeftChoice): Promise<Storage> {
  const { old, phase, stop } = await openLeft(from, choice);
  const moving = createMovingStorage({ old, new: next, readPhase: phase.read, hasMoved: (error) => error instanceof StoreMoved || hasMoved(error) });
  const close = async () => {
    await moving.close();
    await phase.close();
    await stop();
  };
  return { ...moving, close };
}

/** What must be known to open a store that is left. */
type LeftChoice = Pick<StorageChoice, 'databaseUrl' | 'databasePoolSize' | 'redisPrefix' | 'dataDir'>;

interface LeftStore {
  readonly old: Storage;
  readonly phase: { read(): Promise<MovePhase>; close(): Promise<void> };
  stop(): Promise<void>;
}

async function openLeft(from: string, { databaseUrl, databasePoolSize: poolSize, redisPrefix, dataDir }: LeftChoice): Promise<LeftStore> {
  const stop = async () => {};
  if (isOwnStorage(from)) {
    const { storage: old, ...own } = await openOwn(from, {
      storage: from,
      databaseUrl: null,
      databaseDirectUrl: null,
      databasePoolSize: poolSize,
      dataDir,
      redisUrl: '',
      redisPrefix,
    });
    const { leaving } = old;
    if (leaving !== undefined) return { old, phase: { read: async () => phaseOf(await leaving.state()), close: async () => {} }, stop: own.stop };
    await own.close();
    throw new MoveRefused(`the store of ${from} cannot be left while servers use it: it has no leaving`);
  }
  if (placeOf(from) === 'redis') {
    const lasting = createPrismaStorage({ databaseUrl: databaseUrl ?? '', poolSize, beside: 'redis' });
    return { old: createRedisStorage({ redisUrl: from, keyPrefix: redisPrefix, lasting, leaving: true }), phase: redisPhaseReader(from, redisPrefix), stop };
  }
  await migrate({ databaseUrl: from });
  return { old: createPrismaStorage({ databaseUrl: from, poolSize, leaving: true }), phase: phaseReader(from), stop };
}

function phaseOf(state: MoveState | null): MovePhase {
  return state?.stage === 'moved' ? 'new' : state?.stage === 'held' ? 'held' : 'old';
}

/**
 * Brings the chosen store up to date and leaves it; answers the names of the migrations that were applied. A module of the team's own does so when it opens its
 * store, and says nothing of it: `byModule`.
 */
export async function migrateStore(choice: StorageChoice): Promise<{ applied: readonly string[]; byModule?: true }> {
  if (choice.storage === 'memory') return { applied: [] };
  if (isOwnStorage(choice.storage)) {
    await (await openOwn(choice.storage, choice)).close();
    return { applied: [], byModule: true };
  }
  const database = await openDatabase(choice);
  try {
    return await migrate({ databaseUrl: choice.databaseDirectUrl ?? database.url });
  } finally {
    await database.stop();
  }
}

/** The chosen store as it is, not migrated, for the one who examines it. */
export async function examinedStore(choice: StorageChoice) {
  if (choice.storage === 'memory') return { ping: async () => {}, pendingMigrations: async () => [], close: async () => {} };
  if (isOwnStorage(choice.storage)) {
    const { storage, close } = await openOwn(choice.storage, choice);
    return { ping: () => storage.ping(), pendingMigrations: async () => [], close };
  }
  const database = await openDatabase(choice);
  return {
    ping: async () => void (await databaseTime(database.url)),
    pendingMigrations: () => pendingMigrations(database.url),
    now: () => databaseTime(database.url),
    // A pooler in between is there to have more.
    ...(choice.databaseDirectUrl === null && { connectionsAllowed: () => connectionsAllowed(database.url) }),
    close: database.stop,
  };
}
