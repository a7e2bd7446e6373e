import { describe } from 'vitest';
import type { Storage } from '../../src/application/ports/storage.js';
import { createMemoryStorage } from '../../src/infrastructure/memory/create-memory-storage.js';
import { createRedisStorage, type RedisChoice } from '../../src/infrastructure/redis/create-redis-storage.js';
import { type Line, lineTo } from '../support/line-to.js';
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
