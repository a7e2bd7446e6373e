import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '@redis/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../../src/adapter-kit/eventually.js';
import { newBytes, plus, someRequest } from '../../../src/adapter-kit/fixtures.js';
import { givenCode, givenTokens } from '../../../src/adapter-kit/given.js';
import { consumptionOf, keepingOf, rotationOf } from '../../../src/adapter-kit/token-fixtures.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import { StorageUnavailable } from '../../../src/application/ports/storage-unavailable.js';
import { createMemoryStorage } from '../../../src/infrastructure/memory/create-memory-storage.js';
import { createRedisStorage } from '../../../src/infrastructure/redis/create-redis-storage.js';
import { hasRedis, startRedis, type TestRedis } from '../../support/redis.js';

const hour = 3_600_000;
/** Milliseconds: a grace window, and a hang that is longer, and longer than anybody waits. */
const [grace, hang] = [3000, 3500];

async function told(url: string, command: readonly string[]): Promise<void> {
  const client = await createClient({ url }).connect();
  await client.sendCommand([...command]);
  client.destroy();
}

/** Ways in which Redis hangs for `hang`: what is sent to it meanwhile it does afterwards. */
const hangs: [string, (redis: TestRedis) => Promise<unknown>][] = [
  ['is stopped', async (redis) => setTimeout(await redis.freeze(), hang)],
  ['lets nobody write', (redis) => told(redis.url, ['CLIENT', 'PAUSE', String(hang), 'WRITE'])],
];

describe.skipIf(!hasRedis)('what Redis gets to when its caller was told that it failed', () => {
  describe.each(hangs)('because it %s', (_, hangIt) => {
    let redis: TestRedis;
    let storage: Storage;
    beforeAll(async () => {
      redis = await startRedis();
      storage = createRedisStorage({ redisUrl: redis.url, lasting: createMemoryStorage() });
    });
    afterAll(async () => {
      await storage.close();
      await redis.stop();
    });

    it('is done where it ends something, and else not at all: nobody is signed out by it', async () => {
      const [rotated, kept, ended] = [await givenTokens(storage), await givenTokens(storage), await givenTokens(storage)];
      const { code, grant } = await givenCode(storage);
      const request = someRequest();
      await storage.authorizationRequests.add(request);
      const at = plus(hour);
      const run = { id: newBytes(), fingerprint: newBytes(), at, expiresAt: plus(hour, at) };
      const retriedAt = plus(grace + 1, at);
      await hangIt(redis);
      await pause(50);
      const outcomes = await Promise.allSettled([
        storage.refreshTokens.rotate(rotationOf(rotated.refreshToken, rotated.grant, { at, repeatableUntil: plus(grace, at) })),
        storage.refreshTokens.keep(keepingOf(kept.refreshToken, kept.grant, { expiresAt: plus(99 * hour) })),
        storage.authorizationCodes.consume(consumptionOf(code, grant)),
        storage.idempotencyKeys.begin(run),
        storage.authorizationRequests.decide(request.id, { kind: 'denied', userId: grant.userId }),
        storage.authorizationRequests.chooseAccount(request.id, rotated.grant.userId),
        storage.grants.revoke(ended.grant.id, 'revoked_by_person', at),
      ]);
      for (const outcome of outcomes) expect(outcome.status === 'rejected' ? outcome.reason : outcome).toBeInstanceOf(StorageUnavailable);
      let serves = false;
      const asking = setInterval(
        () =>
          void storage.ping().then(
            () => (serves = true),
            () => undefined,
          ),
        50,
      );
      await eventually('Redis goes on', () => serves).finally(() => clearInterval(asking));
      // Everything that was sent before the last question.
      await storage.ping();

      const again = { at: retriedAt, repeatableUntil: plus(grace, retriedAt) };
      expect(await storage.refreshTokens.rotate(rotationOf(rotated.refreshToken, rotated.grant, again))).toEqual({ outcome: 'rotated' });
      expect((await storage.refreshTokens.find(kept.refreshToken.id))?.expiresAt).toEqual(kept.refreshToken.expiresAt);
      expect(await storage.authorizationCodes.consume(consumptionOf(code, grant))).toBe('consumed');
      expect(await storage.idempotencyKeys.begin(run)).toEqual({ outcome: 'fresh' });
      expect(await storage.authorizationRequests.find(request.id)).toEqual(request);
      expect((await storage.accessTokens.find(ended.accessToken.id))?.ended).toEqual({ at, reason: 'revoked_by_person' });
    });
  });
});
