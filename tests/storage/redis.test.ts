import { afterAll, beforeAll, describe } from 'vitest';
import { grantContract } from '../../src/adapter-kit/grant-contract.js';
import type { Storage } from '../../src/application/ports/storage.js';
import { createMemoryStorage } from '../../src/infrastructure/memory/create-memory-storage.js';
import { createPrismaStorage } from '../../src/infrastructure/prisma/create-prisma-storage.js';
import { createRedisStorage, type RedisChoice } from '../../src/infrastructure/redis/create-redis-storage.js';
import { type Line, lineTo } from '../support/line-to.js';
import { testDatabase } from '../support/postgres.js';
import { hasRedis, redisSpace } from '../support/redis.js';
import { describeRounds } from './describe-rounds.js';

const choices = new WeakMap<Storage, RedisChoice>();

let line: Promise<Line> | undefined;

async function create(): Promise<Storage> {
  const { redisUrl, keyPrefix } = await redisSpace();
  line ??= lineTo(redisUrl);
  const choice = { redisUrl: (await line).url, keyPrefix, lasting: createMemoryStorage() };
  const storage = createRedisStorage(choice);
  choices.set(storage, choice);
  return storage;
}

describe.skipIf(!hasRedis)('where Redis is installed', () =>
  describeRounds('the Redis adapter', {
    create,
    destroy: (storage) => storage.close(),
    /** It hangs: what is sent to it arrives when it goes on. */
    async away() {
      (await line)?.stall();
      return async () => (await line)?.mend();
    },
    openAgain: async (storage) => createRedisStorage(choices.get(storage) as RedisChoice),
    forgetful: { create: async () => createRedisStorage({ ...(await redisSpace()), retention: 50, lasting: createMemoryStorage() }), after: 50 },
  }),
);

/** Who revokes at once meets in two stores, of which this one takes its time. */
describe.skipIf(!hasRedis)('the Redis adapter beside PostgreSQL, grants', () => {
  let storage: Storage;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const database = await testDatabase();
    drop = database.drop;
    storage = createRedisStorage({ ...(await redisSpace()), lasting: createPrismaStorage({ databaseUrl: database.url, beside: 'redis' }) });
  });
  afterAll(async () => {
    await storage.close();
    await drop();
  });
  grantContract(() => storage);
});
