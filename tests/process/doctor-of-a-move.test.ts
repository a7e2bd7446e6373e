import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { moveStores } from '../infrastructure/moving/move-stores.js';
import { testDatabase } from '../support/postgres.js';
import { hasRedis, redisSpace } from '../support/redis.js';
import { freePort, KeywrightProcess, runKeywright } from './keywright-process.js';

async function aDatabase(): Promise<string> {
  const { url, drop } = await testDatabase();
  onTestFinished(drop);
  return url;
}

/** `told`: what fails, and the move; nobody listens at the issuer unless a port is given, which does not matter here. */
async function surroundings() {
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'keywright-move-'));
  onTestFinished(() => rm(DATA_DIR, { recursive: true }));
  const common = { SECRET_KEY: 'a key of more than 32 characters, for tests', ADMIN_PASSWORD: 'correct horse battery staple', DATA_DIR };
  const told = async (env: Record<string, string>) => {
    const { stdout } = await runKeywright({ ...common, PORT: '1', ...env }, 'doctor');
    const lines = stdout.split('\n').filter((line) => /^fail|^ok +move/.test(line) && !/^fail +issuer/.test(line));
    return lines.map((line) => line.replaceAll(/ +/g, ' ').trimEnd());
  };
  return { common, told };
}

const hasMoved = 'fail requests this store has moved: set STORAGE, DATABASE_URL and REDIS_URL to the store that it was moved to';

it('doctor finds a server in a move healthy, and a database that was left has moved', async () => {
  const { common, told } = await surroundings();
  const [from, to] = [await aDatabase(), await aDatabase()];
  const both = { DATABASE_URL: to, STORAGE_FROM: from };
  const port = await freePort();
  const server = await KeywrightProcess.start(common.DATA_DIR, port, { ...common, ...both });
  onTestFinished(async () => void (await server.stop()));
  await moveStores({ from, to, databaseUrl: null, redisPrefix: '', dataDir: '' }, async () => {
    expect(await told({ ...both, PORT: String(port) })).toEqual(['ok move the store of STORAGE_FROM decides, until: keywright storage switch']);
  });
  expect(await told({ ...both, PORT: String(port) })).toEqual(['ok move switched, this store decides: STORAGE_FROM can be taken out on every instance']);
  expect(await told({ DATABASE_URL: from })).toEqual([hasMoved]);
});

it('doctor names the store that is left where that cannot be reached', async () => {
  const { told } = await surroundings();
  const away = { DATABASE_URL: await aDatabase(), STORAGE_FROM: 'postgresql://a:b@127.0.0.1:1/x' };
  expect(await told(away)).toEqual([expect.stringMatching(/^fail move the store cannot be reached \(.*ECONNREFUSED.*\): start the store that is left, or /)]);
});

it.skipIf(!hasRedis)('doctor finds Redis away, and a Redis that was left has moved', async () => {
  const { told } = await surroundings();
  const { redisUrl, keyPrefix: redisPrefix } = await redisSpace();
  const databaseUrl = await aDatabase();
  const redis = { STORAGE: 'redis', DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, REDIS_PREFIX: redisPrefix };
  expect(await told({ ...redis, REDIS_URL: 'redis://127.0.0.1:1' })).toEqual([
    expect.stringMatching(/^fail requests the store cannot be reached \(.*ECONNREFUSED.*\): with STORAGE=redis start Redis, or correct REDIS_URL; /),
  ]);
  for (const [from, to] of [
    [databaseUrl, redisUrl],
    [redisUrl, databaseUrl],
  ] as const)
    await moveStores({ from, to, databaseUrl, redisPrefix, dataDir: '' });
  expect(await told(redis)).toEqual([hasMoved]);
});
