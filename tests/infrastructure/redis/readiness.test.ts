import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Storage } from '../../../src/application/ports/storage.js';
import { reasonOf, StorageUnavailable } from '../../../src/application/ports/storage-unavailable.js';
import { createMemoryStorage } from '../../../src/infrastructure/memory/create-memory-storage.js';
import { createRedisStorage } from '../../../src/infrastructure/redis/create-redis-storage.js';
import { freePort } from '../../process/keywright-process.js';
import { hasRedis, startRedis } from '../../support/redis.js';

function opened(redisUrl: string): Storage {
  const storage = createRedisStorage({ redisUrl, lasting: createMemoryStorage() });
  onTestFinished(() => storage.close());
  return storage;
}

async function refusalOf(redisUrl: string, storage = opened(redisUrl)): Promise<StorageUnavailable> {
  const refusal: unknown = await storage.ping().catch((error: unknown) => error);
  if (!(refusal instanceof StorageUnavailable)) throw new Error('it was not refused for the sake of the store');
  return refusal;
}

describe.skipIf(!hasRedis)('a store is not ready, and says why', () => {
  it('whose Redis may throw keys away to make room', async () => {
    const { url, stop } = await startRedis(['--save', '', '--maxmemory', '50mb', '--maxmemory-policy', 'allkeys-lru']);
    onTestFinished(stop);
    expect(await refusalOf(url)).toMatchObject({
      message: 'Redis throws keys away to make room: its maxmemory-policy is allkeys-lru',
      advice: expect.stringContaining('noeviction'),
    });
  });

  it('where nobody listens as its Redis', async () => {
    expect(reasonOf(await refusalOf('redis://127.0.0.1:1'))).toMatch(/ECONNREFUSED/);
  });

  it('whose Redis refuses the password', async () => {
    const port = await freePort();
    const { stop } = await startRedis(['--save', '', '--port', String(port)]);
    onTestFinished(stop);
    expect(reasonOf(await refusalOf(`redis://nobody:nope@127.0.0.1:${port}`))).toMatch(/WRONGPASS/);
  });

  it('whose Redis has no such database', async () => {
    const port = await freePort();
    const { stop } = await startRedis(['--save', '', '--port', String(port)]);
    onTestFinished(stop);
    expect(reasonOf(await refusalOf(`redis://127.0.0.1:${port}/99`))).toMatch(/DB index is out of range/);
  });

  it('whose Redis has gone while it was used, as soon as that is known', async () => {
    const { url, stop } = await startRedis();
    const storage = opened(url);
    await storage.ping();
    await stop();
    await vi.waitFor(async () => expect(reasonOf(await refusalOf(url, storage))).toMatch(/^connect /), 20_000);
  });
});
