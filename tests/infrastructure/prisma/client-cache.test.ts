import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { now, plus } from '../../../src/adapter-kit/fixtures.js';
import { givenClient } from '../../../src/adapter-kit/given.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import { ClientCache } from '../../../src/infrastructure/client-cache.js';
import { createPrismaStorage } from '../../../src/infrastructure/prisma/create-prisma-storage.js';
import { type TestDatabase, testDatabase } from '../../support/postgres.js';

let database: TestDatabase;
let here: Storage;
let there: Storage;

beforeAll(async () => {
  database = await testDatabase();
  here = createPrismaStorage({ databaseUrl: database.url });
  there = createPrismaStorage({ databaseUrl: database.url });
});
afterAll(async () => {
  await Promise.all([here.close(), there.close()]);
  await database.drop();
});

it('a client that one instance keeps and another disables is found disabled at once', async () => {
  const cache = new ClientCache(here.clients, here.notices);
  const client = await givenClient(here);
  const reads = vi.spyOn(here.clients, 'find');
  // Kept, that is: found twice and read once.
  await vi.waitFor(async () => {
    reads.mockClear();
    await cache.recent.find(client.id);
    await cache.recent.find(client.id);
    expect(reads.mock.calls.length).toBeLessThan(2);
  });
  const changed = plus(5, now);
  await there.clients.setDisabled(client.id, { at: changed, by: 'house' });
  await vi.waitFor(async () => expect((await cache.recent.find(client.id))?.disabledAt).toEqual(changed), { timeout: 900, interval: 5 });
});
