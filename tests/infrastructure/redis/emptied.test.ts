import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@redis/client';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { plus } from '../../../src/adapter-kit/fixtures.js';
import { givenTokens } from '../../../src/adapter-kit/given.js';
import { createMemoryStorage } from '../../../src/infrastructure/memory/create-memory-storage.js';
import { createRedisStorage } from '../../../src/infrastructure/redis/create-redis-storage.js';
import { hasRedis, startRedis } from '../../support/redis.js';

describe.skipIf(!hasRedis)('A Redis that was emptied under a connection', () => {
  it('learns again what has ended of what was issued afterwards, when it is set back to the time before', async () => {
    const home = await mkdtemp(join(tmpdir(), 'keywright-redis-'));
    let server = await startRedis(undefined, home);
    onTestFinished(async () => {
      await server.stop();
      await rm(home, { recursive: true });
    });
    const tell = async (command: string) => {
      const client = await createClient({ url: server.url }).connect();
      await client.sendCommand([command]);
      client.destroy();
    };
    const storage = createRedisStorage({ redisUrl: server.url, keyPrefix: '', lasting: createMemoryStorage() });
    onTestFinished(() => storage.close());
    await storage.ping();
    await tell('FLUSHALL');
    const { grant, accessToken } = await givenTokens(storage);
    await tell('SAVE');
    const ended = { at: plus(5), reason: 'revoked_by_person' } as const;
    await storage.grants.revokeAll({ userId: grant.userId, clientId: grant.clientId }, ended.reason, ended.at);
    expect((await storage.accessTokens.find(accessToken.id))?.ended).toEqual(ended);
    await server.stop();
    server = await startRedis(undefined, home);
    const found = await vi.waitFor(() => storage.accessTokens.find(accessToken.id), 10_000);
    expect(found?.ended).toEqual(ended);
  });
});
