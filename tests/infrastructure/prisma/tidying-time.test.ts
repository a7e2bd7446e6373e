import { expect, it, onTestFinished, vi } from 'vitest';
import { now } from '../../../src/adapter-kit/fixtures.js';
import { givenGrant } from '../../../src/adapter-kit/given.js';
import { createPrismaStorage } from '../../../src/infrastructure/prisma/create-prisma-storage.js';
import { testDatabase } from '../../support/postgres.js';

it('tidies up after a removed client though the clock is set ahead in that moment', async () => {
  const database = await testDatabase();
  const storage = createPrismaStorage({ databaseUrl: database.url });
  onTestFinished(async () => {
    await storage.close();
    await database.drop();
  });
  const grant = await givenGrant(storage);
  let hours = 0;
  const wall = vi.spyOn(Date, 'now').mockImplementation(() => {
    hours += 1;
    return hours * 3_600_000;
  });
  onTestFinished(() => wall.mockRestore());
  await storage.clients.remove(grant.clientId, now);
  expect((await storage.grants.find(grant.id))?.revoked).toEqual({ at: now, reason: 'revoked_by_operator' });
});
