import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { KeyRing } from '../../src/application/keys/key-ring.js';
import { createPrismaStorage } from '../../src/infrastructure/prisma/create-prisma-storage.js';
import { systemClock } from '../../src/infrastructure/system-clock.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { freePort, KeywrightProcess, runKeywright } from './keywright-process.js';

const right = 'the right key, of more than 32 characters';
const wrong = 'another key, of more than 32 characters';
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await withKeys(right, (ring) => ring.current('ES256'));
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

it('is found by doctor where the key that is kept in DATA_DIR cannot be read, and nothing is said of what it opens', async () => {
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'keywright-key-'));
  onTestFinished(() => rm(DATA_DIR, { recursive: true }));
  await mkdir(join(DATA_DIR, 'secret-key'));
  const { stdout } = await runKeywright({ DATABASE_URL: database.url, DATA_DIR, ISSUER: 'http://localhost:1' }, 'doctor');
  expect(stdout).toMatch(/^fail +secret key +DATA_DIR .* cannot be used: secret-key is not a file: is DATA_DIR the server's, /m);
  expect(stdout).toMatch(/^ok +requests /m);
  expect(stdout).not.toContain('signing keys');
});

it('keeps a running server from being ready while a key signs that was made under another, and is told once', async () => {
  const server = await KeywrightProcess.start('unused', await freePort(), { DATABASE_URL: database.url, SECRET_KEY: right });
  const isReady = async (ready: boolean) => {
    while ((await fetch(`${server.issuer}/readyz`)).ok !== ready) await pause(100);
  };
  try {
    await isReady(true);
    const made = async (secretKey: string) => withKeys(secretKey, async (ring) => ring.succeed('ES256', 0, await ring.published()));
    await made(wrong);
    await isReady(false);
    await made(right);
    await isReady(true);
    expect(server.said.match(/tending the signing keys failed/g)).toHaveLength(1);
  } finally {
    await server.stop();
  }
});

async function withKeys<T>(secretKey: string, work: (ring: KeyRing) => Promise<T>): Promise<T> {
  const storage = createPrismaStorage({ databaseUrl: database.url });
  try {
    return await work(new KeyRing(storage.signingKeys, [secretKey], { rotationInterval: 86_400, publicationLead: 3600 }, systemClock));
  } finally {
    await storage.close();
  }
}
