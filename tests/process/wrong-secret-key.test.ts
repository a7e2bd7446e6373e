import { afterAll, beforeAll, expect, it } from 'vitest';
import { KeyRing } from '../../src/application/keys/key-ring.js';
import { createPrismaStorage } from '../../src/infrastructure/prisma/create-prisma-storage.js';
import { systemClock } from '../../src/infrastructure/system-clock.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { runKeywright } from './keywright-process.js';

const right = 'the right key, of more than 32 characters';
const wrong = 'another key, of more than 32 characters';
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  const storage = createPrismaStorage({ databaseUrl: database.url });
  await new KeyRing(storage.signingKeys, [right], { rotationInterval: 86_400, publicationLead: 3600 }, systemClock).current('ES256');
  await storage.close();
});
afterAll(() => database.drop());

function keywright(secretKey: string, command: string) {
  return runKeywright({ DATABASE_URL: database.url, SECRET_KEY: secretKey, ISSUER: 'http://localhost:1', PORT: '3999' }, command);
}

it('is said in plain words by doctor and at the start, which it stops; with the right one all keys open', async () => {
  const [examined, started, well] = await Promise.all([keywright(wrong, 'doctor'), keywright(wrong, 'serve'), keywright(right, 'doctor')]);
  expect(examined.said).toMatch(/^fail +signing keys +SECRET_KEY does not open 1 of the 1 in the store that sign/m);
  expect(examined.code).toBe(1);
  expect(started.said).toMatch(/^error: SECRET_KEY cannot open the signing keys in the store: .+\n$/m);
  expect([started.code === 0, started.said.includes('ready at'), started.said.includes(wrong)]).toEqual([false, false, false]);
  expect(well.said).toMatch(/^ok +signing keys +SECRET_KEY opens them$/m);
});
