import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { givenTokens } from '../../../src/adapter-kit/given.js';
import { rotationOf } from '../../../src/adapter-kit/token-fixtures.js';
import { createMemoryStorage } from '../../../src/infrastructure/memory/create-memory-storage.js';
import { createRedisStorage } from '../../../src/infrastructure/redis/create-redis-storage.js';
import { RedisClock } from '../../../src/infrastructure/redis/redis-clock.js';
import { lineTo } from '../../support/line-to.js';
import { hasRedis, redisSpace } from '../../support/redis.js';

it.each([
  ['a day behind', -86_400_000],
  ['as ours', 0],
  ['a day ahead', 86_400_000],
])('a moment is told to a Redis whose clock is %s by that clock: never later than it is, and earlier by the way of its answer at most', async (_, apart) => {
  const there = () => performance.timeOrigin + performance.now() + apart;
  const way = 60;
  let asked = 0;
  const clock = new RedisClock(async () => {
    asked = performance.now();
    const told = there();
    await pause(way);
    return told;
  });
  await clock.read();
  const took = performance.now() - asked;
  const moment = performance.now() + 2400;
  const truth = performance.timeOrigin + moment + apart;
  expect(clock.at(moment)).toBeLessThanOrEqual(truth - way + 2);
  expect(clock.at(moment)).toBeGreaterThanOrEqual(truth - took - 2);
});

it.skipIf(!hasRedis)('what is asked is done at once also when the clock of Redis was set ahead since it was last read', async () => {
  const { redisUrl, keyPrefix } = await redisSpace();
  let behind = 3600;
  const line = await lineTo(redisUrl, undefined, (bytes) =>
    Buffer.from(
      bytes.toString('latin1').replace(/(?<=^|\n)(\*2\r\n\$10\r\n)(\d{10})\r\n/g, (_, head, seconds) => `${head}${Number(seconds) - behind}\r\n`),
      'latin1',
    ),
  );
  const storage = createRedisStorage({ redisUrl: line.url, keyPrefix, lasting: createMemoryStorage() });
  try {
    // Reads the clock as it was, and nothing that has a deadline.
    await storage.accessTokens.find('00000000-0000-7000-8000-000000000000');
    behind = 0;
    const { grant, refreshToken } = await givenTokens(storage);
    expect(await storage.refreshTokens.rotate(rotationOf(refreshToken, grant))).toEqual({ outcome: 'rotated' });
  } finally {
    await storage.close();
    await line.break();
  }
});
