import type { IfNotMade } from '../application/operations/if-not-made.js';
import type { Storage } from '../application/ports/storage.js';
import { closeAll } from './close-all.js';
import { startEmbeddedPostgres } from './embedded-postgres/start-embedded-postgres.js';
import { createMemoryStorage } from './memory/create-memory-storage.js';
import { isOwnStorage, type OwnStorage, openOwnStorage } from './own-storage.js';
import type { LaneTally } from './prisma/coalescing/lane-tally.js';
import { createPrismaStorage } from './prisma/create-prisma-storage.js';
import { inSchema } from './prisma/database-address.js';
import { letIn } from './prisma/let-in.js';
import { migrate } from './prisma/migrate.js';
import { AccessTokenPartitions } from './prisma/partitions/access-token-partitions.js';
import { redisStores } from './redis-stores.js';

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
  /** `databaseUrl` leads through a pooler that lends connections by the transaction. */
  readonly databasePooled: boolean;
  readonly databasePoolSize: number;
  readonly lifetimes?: { readonly accessToken: number };
  readonly dataDir: string;
  /** Where the embedded PostgreSQL has no database there yet: one is made unless it is to be refused, which throws `NotMadeYet`. */
  readonly ifNotMade?: IfNotMade | undefined;
  /** The store from which this server is moving to the chosen one: an address of PostgreSQL or Redis, or the path of a module; left out or `null`: it is not. */
  readonly storageFrom?: string | null;
  /** Takes what is counted of the calls to PostgreSQL that share statements; left out: nothing is. */
  readonly laneTallies?: LaneTally[] | undefined;
  /** Ends a wait for those who hold what is to be migrated, or migrate themselves; its reason is thrown, and nothing is half done. */
  readonly stopped?: AbortSignal | undefined;
}

/** What of it says where PostgreSQL, or a module's store, is. */
export type DatabaseChoice = Omit<StorageChoice, 'redisUrl' | 'redisPrefix'>;

/** Told, in a line, what happens to a database that this process looks after. */
export type Log = (line: string) => void;

/** The database of a choice, running; `stop` leaves one that others use, or that is not ours, as it is. */
export async function openDatabase(
  { databaseUrl, dataDir, ifNotMade }: Pick<StorageChoice, 'databaseUrl' | 'dataDir' | 'ifNotMade'>,
  log: Log = () => {},
): Promise<{ url: string; stop: () => Promise<void> }> {
  return databaseUrl === null ? startEmbeddedPostgres({ dataDir, log, ifNotMade }) : { url: databaseUrl, stop: async () => {} };
}

/** Migrates the database; answers the names of what was applied, and the schema in which the tables are. Nothing is changed where the store would not be let in afterwards. */
export async function broughtUpToDate(
  databaseUrl: string,
  { databaseDirectUrl, databasePooled: pooled, stopped }: DatabaseChoice,
  log?: Log,
): Promise<{ applied: readonly string[]; schema: string }> {
  const schema = await letIn({ databaseUrl, databaseDirectUrl, pooled });
  return { ...(await migrate({ databaseUrl: inSchema(databaseDirectUrl ?? databaseUrl, schema), log, stopped })), schema };
}

export interface Opened {
  readonly storage: Storage;
  /** Ends what the store was opened on. */
  stop(): Promise<void>;
  /** Closes the store, and ends that. */
  close(): Promise<void>;
}

/** The chosen store alone, up to date. Throws `StorageUnavailable` when it cannot be reached. */
export async function openChosen(choice: StorageChoice, log?: Log): Promise<Opened> {
  if (choice.storage === 'memory') return opened(createMemoryStorage(), async () => {});
  if (isOwnStorage(choice.storage)) return openOwn(choice.storage, choice, log);
  const { lasting, stop } = await openPostgres(choice, log);
  try {
    if (choice.storage !== 'redis') return opened(lasting, stop);
    const { createRedisStorage } = await redisStores();
    return opened(createRedisStorage({ ...choice, keyPrefix: choice.redisPrefix, lasting }), stop);
  } catch (error) {
    await closeAll(() => lasting.close(), stop).catch(() => undefined);
    throw error;
  }
}

function opened(storage: Storage, stop: () => Promise<void>): Opened {
  return { storage, stop, close: () => closeAll(() => storage.close(), stop) };
}

async function openPostgres(choice: DatabaseChoice, log?: Log): Promise<{ lasting: Storage; stop: () => Promise<void> }> {
  const database = await openDatabase(choice, log);
  try {
    const databaseDirectUrl = choice.databaseDirectUrl ?? database.url;
    const accessTokenLifetime = choice.lifetimes?.accessToken;
    const { schema } = await broughtUpToDate(database.url, choice, log);
    await new AccessTokenPartitions(inSchema(databaseDirectUrl, schema), accessTokenLifetime).prepare();
    const beside = choice.storage === 'redis' ? { beside: 'redis' as const } : {};
    const settings = {
      databaseUrl: database.url,
      databaseDirectUrl,
      schema,
      pooled: choice.databasePooled,
      poolSize: choice.databasePoolSize,
      accessTokenLifetime,
      laneTallies: choice.laneTallies,
      ...beside,
    };
    return { lasting: createPrismaStorage(settings), stop: database.stop };
  } catch (error) {
    await database.stop().catch(() => undefined);
    throw error;
  }
}

export async function openOwn(path: OwnStorage, choice: DatabaseChoice, log?: Log): Promise<Opened> {
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
    const opened = await postgres?.catch(() => undefined);
    await closeAll(() => opened?.lasting.close(), stop).catch(() => undefined);
    throw error;
  }
}
