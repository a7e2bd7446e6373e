import { afterAll, beforeAll, describe } from 'vitest';
import { accessTokenContract } from '../../src/adapter-kit/access-token-contract.js';
import { authorizationCodeContract } from '../../src/adapter-kit/authorization-code-contract.js';
import { awayContract } from '../../src/adapter-kit/away-contract.js';
import { clientDisablingContract } from '../../src/adapter-kit/client-disabling-contract.js';
import { clientRemovalContract } from '../../src/adapter-kit/client-removal-contract.js';
import { connectionContract } from '../../src/adapter-kit/connection-contract.js';
import { forgettingContract } from '../../src/adapter-kit/forgetting-contract.js';
import { grantContract } from '../../src/adapter-kit/grant-contract.js';
import { instancesContract } from '../../src/adapter-kit/instances-contract.js';
import { keepContract } from '../../src/adapter-kit/keep-contract.js';
import { ownTokensContract } from '../../src/adapter-kit/own-tokens-contract.js';
import { revocationContract } from '../../src/adapter-kit/revocation-contract.js';
import { rotateContract } from '../../src/adapter-kit/rotate-contract.js';
import { usageContract } from '../../src/adapter-kit/usage-contract.js';
import { userContract } from '../../src/adapter-kit/user-contract.js';
import type { Storage } from '../../src/application/ports/storage.js';
import { createPrismaStorage } from '../../src/infrastructure/prisma/create-prisma-storage.js';
import { createRedisStorage, type RedisChoice } from '../../src/infrastructure/redis/create-redis-storage.js';
import { hasRedis, redisSpace } from '../support/redis.js';
import { prismaHarness } from './prisma-harness.js';

/**
 * The groups of rules whose verbs touch both stores, of which this one takes its time. The others speak of one store alone and are left to the suite of that one (prisma.test.ts), and to Redis
 * beside memory (redis.test.ts), where all of them run: here all would take more than twice as long as these, most of it for a database for each rule. Not here either: moves, which
 * have tests over both (tests/infrastructure/moving); and writes that fail, for two stores have no transaction in common: what ends is ended in Redis first, and what holds when the other one fails is said
 * in tests/infrastructure/redis.
 */
const groups: [string, (store: () => Storage) => void][] = [
  ['users', userContract],
  ['disabling a client', clientDisablingContract],
  ['removing a client', clientRemovalContract],
  ['grants', grantContract],
  ['authorization codes', authorizationCodeContract],
  ['access tokens', accessTokenContract],
  ['own tokens', ownTokensContract],
  ['refresh tokens that rotate', rotateContract],
  ['refresh tokens that are kept', keepContract],
  ['connections', connectionContract],
  ['usage', usageContract],
  ['revocations', revocationContract],
];

/** Milliseconds for which a Redis remembers that is watched while it forgets. */
const soon = 50;

const spaces = new Map<string, Pick<RedisChoice, 'redisUrl' | 'keyPrefix'>>();

/** Stores of which each has a database and a part of Redis of its own. */
function harnessOf(how: Pick<RedisChoice, 'retention'> = {}) {
  return prismaHarness(async (databaseUrl) => {
    const space = spaces.get(databaseUrl) ?? (await redisSpace());
    spaces.set(databaseUrl, space);
    return createRedisStorage({ ...space, ...how, lasting: createPrismaStorage({ databaseUrl, beside: 'redis' }) });
  });
}

/** One store for all the rules of a group. */
function within(harness: ReturnType<typeof harnessOf>, contract: (store: () => Storage) => void): void {
  let storage: Storage;
  beforeAll(async () => {
    storage = await harness.create();
  });
  afterAll(() => harness.destroy(storage));
  contract(() => storage);
}

describe.skipIf(!hasRedis)('the Redis adapter beside PostgreSQL', () => {
  const [harness, forgetful] = [harnessOf(), harnessOf({ retention: soon })];
  describe.each(groups)('%s', (_, contract) => within(harness, contract));
  describe('forgetting', () => within(forgetful, (store) => forgettingContract(store, soon)));
  describe('instances side by side', () => instancesContract({ ...harness, forgetful: { create: forgetful.create, after: soon } }));
  /** PostgreSQL is; Redis is there. */
  describe('a store that is away', () => awayContract(harness));
});
