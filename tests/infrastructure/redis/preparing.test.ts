import { expect, it, onTestFinished } from 'vitest';
import { RedisConnection, script } from '../../../src/infrastructure/redis/redis-connection.js';
import { lineTo } from '../../support/line-to.js';
import { hasRedis, redisSpace } from '../../support/redis.js';

const set = script(`return redis.call('SET', KEYS[1], 1)`);
const isThere = script(`return redis.call('EXISTS', KEYS[1])`);

it.skipIf(!hasRedis)('what prepares one connection tells nothing over the next: Redis may have lost what was told before', async () => {
  const { redisUrl, keyPrefix } = await redisSpace();
  const line = await lineTo(redisUrl);
  const lost: string[] = [];
  let begun = 0;
  const connection = new RedisConnection(line.url, keyPrefix, async (run) => {
    begun++;
    await run(set, [`told ${begun}`]);
    if (begun > 1) return;
    await line.break();
    await line.mend();
    // It was made anew, which this needs no preparation for.
    await expect
      .poll(
        () =>
          connection.info().then(
            () => 'made',
            () => 'lost',
          ),
        { timeout: 10_000 },
      )
      .toBe('made');
    // Who asks now has it prepared, once: what fails later was for the one that is lost.
    await connection.run(isThere, ['told 2']);
    await run(set, ['noted']).catch((error: Error) => {
      lost.push(String(error.cause ?? error));
      throw error;
    });
  });
  onTestFinished(async () => {
    await connection.close();
    await line.break();
  });

  await connection.run(isThere, ['noted']).catch(() => undefined);
  await expect.poll(() => lost, { timeout: 10_000 }).toEqual([expect.stringContaining('the connection was lost meanwhile')]);
  expect(await connection.run(isThere, ['noted'])).toBe(0);
  expect(await connection.run(isThere, ['told 2'])).toBe(1);
  expect(begun).toBe(2);
});
