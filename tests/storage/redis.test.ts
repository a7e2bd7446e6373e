import { describeStorage } from '../../src/adapter-kit/storage-contract.js';
import { createMemoryStorage } from '../../src/infrastructure/memory/create-memory-storage.js';
import { createRedisStorage } from '../../src/infrastructure/redis/create-redis-storage.js';
import { redisSpace } from '../support/redis.js';

describeStorage('the Redis adapter', {
  create: async () => createRedisStorage({ ...(await redisSpace()), lasting: createMemoryStorage() }),
  destroy: (storage) => storage.close(),
  forgetful: { create: async () => createRedisStorage({ ...(await redisSpace()), retention: 50, lasting: createMemoryStorage() }), after: 50 },
});
