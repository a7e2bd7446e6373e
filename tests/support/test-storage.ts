import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Storage } from '../../src/application/ports/storage.js';
import { createMemoryStorage } from '../../src/infrastructure/memory/create-memory-storage.js';
import { createPrismaStorage } from '../../src/infrastructure/prisma/create-prisma-storage.js';
import { createRedisStorage } from '../../src/infrastructure/redis/create-redis-storage.js';
import { testDatabase } from './postgres.js';
import { redisSpace } from './redis.js';

export interface TestStorage {
  readonly storage: Storage;
  /** Closes the store and removes what it kept. */
  close(): Promise<void>;
}

/** Every adapter on which the HTTP suite can run: the environment variable STORAGE names one. */
const adapters: Record<string, () => Promise<TestStorage>> = {
  memory: async () => {
    const storage = createMemoryStorage();
    return { storage, close: () => storage.close() };
  },
  postgresql: () => onPostgres((databaseUrl) => createPrismaStorage({ databaseUrl })),
  sqlite: ownAdapter,
  redis: () => onPostgres(async (databaseUrl) => createRedisStorage({ ...(await redisSpace()), lasting: createPrismaStorage({ databaseUrl }) })),
};

/** What a store was opened for is closed with it. */
async function onPostgres(storageAt: (databaseUrl: string) => Storage | Promise<Storage>): Promise<TestStorage> {
  const database = await testDatabase();
  const storage = await storageAt(database.url);
  const close = async () => {
    await storage.close();
    await database.drop();
  };
  return { storage, close };
}

/** The adapter that examples/own-adapter shows, in a file of its own: a store of which this code knows the ports only. */
async function ownAdapter(): Promise<TestStorage> {
  const folder = await mkdtemp(join(tmpdir(), 'keywright-sqlite-'));
  const example = (file: string): Promise<unknown> => import(new URL(`../../examples/own-adapter/${file}`, import.meta.url).href);
  const { OwnDatabase } = (await example('database.js')) as { OwnDatabase: new (path: string, how: { durable: boolean }) => object };
  const { storageIn } = (await example('storage.js')) as { storageIn(database: object): Storage };
  const storage = storageIn(new OwnDatabase(join(folder, 'keywright.sqlite'), { durable: false }));
  const close = async () => {
    await storage.close();
    await rm(folder, { recursive: true });
  };
  return { storage, close };
}

const storageName = process.env.STORAGE ?? 'postgresql';

/** An empty store of the chosen kind. */
export async function testStorage(): Promise<TestStorage> {
  const open = adapters[storageName];
  if (!open) throw new Error(`STORAGE must be one of ${Object.keys(adapters).join(', ')}`);
  return open();
}
