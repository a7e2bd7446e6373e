import type { Storage } from '../application/ports/storage.js';
import { startEmbeddedPostgres } from './embedded-postgres/start-embedded-postgres.js';
import { createMemoryStorage } from './memory/create-memory-storage.js';
import { createMovingStorage } from './moving/create-moving-storage.js';
import { isOwnStorage, type OwnStorage, openOwnStorage } from './own-storage.js';
import { createPrismaStorage } from './prisma/create-prisma-storage.js';
import { databaseTime } from './prisma/database-time.js';
import { migrate } from './prisma/migrate.js';
import { pendingMigrations } from './prisma/migrate-pending.js';
import { hasMoved, phaseReader } from './prisma/moving/read-phase.js';
import { createRedisStorage } from './redis/create-redis-storage.js';

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
  readonly dataDir: string;
  /** The database from which this server is moving to the chosen store; left out or `null`: it is not. */
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
  if (choice.storage === 'memory') {
    const storage = createMemoryStorage();
    return { storage, close: () => storage.close() };
  }
  if (isOwnStorage(choice.storage)) return openOwn(choice.storage, choice, log);
  const { lasting, stop } = await openPostgres(choice, log);
  const storage = choice.storage === 'redis' ? createRedisStorage({ ...choice, keyPrefix: choice.redisPrefix, lasting }) : lasting;
  const close = async () => {
    await storage.close();
    await stop();
  };
  return { storage, close };
}

async function openPostgres(choice: StorageChoice, log?: Log): Promise<{ lasting: Storage; stop: () => Promise<void> }> {
  const database = await openDatabase(choice, log);
  try {
    const databaseDirectUrl = choice.databaseDirectUrl ?? database.url;
    await migrate({ databaseUrl: databaseDirectUrl });
    const own = createPrismaStorage({ databaseUrl: database.url, databaseDirectUrl, poolSize: choice.databasePoolSize });
    const lasting = choice.storageFrom ? await movingFrom(choice.storageFrom, own, choice.databasePoolSize) : own;
    return { lasting, stop: database.stop };
  } catch (error) {
    await database.stop();
    throw error;
  }
}

async function openOwn(path: OwnStorage, choice: StorageChoice, log?: Log): Promise<{ storage: Storage; close: () => Promise<void> }> {
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
    const storage = await openOwnStorage(path, surroundings);
    const close = async () => {
      await storage.close();
      await stop();
    };
    return { storage, close };
  } catch (error) {
    await (await postgres?.catch(() => undefined))?.lasting.close();
    await stop();
    throw error;
  }
}

/** The store made of the one that is left and the chosen one, which decides what the old one does not decide any more. */
export async function movingFrom(databaseUrl: string, next: Storage, poolSize: number): Promise<Storage> {
  await migrate({ databaseUrl });
  const old = createPrismaStorage({ databaseUrl, poolSize });
  const phase = phaseReader(databaseUrl);
  const storage = createMovingStorage({ old, new: next, readPhase: phase.read, hasMoved });
  const close = async () => {
    await storage.close();
    await phase.close();
  };
  return { ...storage, close };
}

/** Brings the chosen store up to date and leaves it; answers the names of the migrations that were applied. */
export async function migrateStore(choice: StorageChoice): Promise<{ applied: readonly string[] }> {
  if (choice.storage === 'memory') return { applied: [] };
  if (isOwnStorage(choice.storage)) {
    await (await openOwn(choice.storage, choice)).close();
    return { applied: [] };
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
    close: database.stop,
  };
}
