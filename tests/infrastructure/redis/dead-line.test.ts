import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { givenTokens } from '../../../src/adapter-kit/given.js';
import { createMemoryStorage } from '../../../src/infrastructure/memory/create-memory-storage.js';
import { createRedisStorage } from '../../../src/infrastructure/redis/create-redis-storage.js';
import { lineTo } from '../../support/line-to.js';
import { hasRedis, redisSpace } from '../../support/redis.js';

/** Milliseconds within which another connection must be made: five looks a second apart, and some for a machine that does much else. */
const soon = 15_000;

/** A store at the end of a line, and a token in it. */
async function givenLine() {
  const { redisUrl, keyPrefix } = await redisSpace();
  const line = await lineTo(redisUrl);
  const storage = createRedisStorage({ redisUrl: line.url, keyPrefix, lasting: createMemoryStorage() });
  onTestFinished(async () => {
    await storage.close();
    await line.break();
  });
  const { accessToken } = await givenTokens(storage);
  const find = () => storage.accessTokens.find(accessToken.id).catch(() => null);
  return { line, find, token: { ...accessToken, ended: null } };
}

/** What is found in the end, asking over and over, `pace` milliseconds apart. */
async function foundSoon(find: () => Promise<unknown>, pace: number): Promise<unknown> {
  for (const from = performance.now(); performance.now() - from < soon; await pause(pace)) {
    const found = await find();
    if (found !== null) return found;
  }
  return null;
}

describe.skipIf(!hasRedis)('a connection over which nothing comes back any more is replaced by itself', () => {
  it.each([
    ['much', 100],
    ['little', 3000],
  ])(
    'while %s is asked',
    async (_, pace) => {
      const { line, find, token } = await givenLine();
      line.swallow();
      const callers = pace < 1000 ? 20 : 1;
      const answers = await Promise.all(Array.from({ length: callers }, (__, place) => pause(place * pace).then(() => foundSoon(find, pace))));
      expect(answers).toEqual(Array(callers).fill(token));
    },
    30_000,
  );

  it('also where it died while it was made', async () => {
    const { line, find, token } = await givenLine();
    line.stall();
    // Until the one that stalls was given up, and another one stalls before it is ready.
    for (const from = performance.now(); performance.now() - from < 8000; await pause(100)) await find();
    line.swallow();
    await line.mend();
    expect(await foundSoon(find, 100)).toEqual(token);
  }, 60_000);
});
