import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { givenTokens } from '../../src/adapter-kit/given.js';
import { someAccessToken } from '../../src/adapter-kit/token-fixtures.js';
import { createPrismaStorage } from '../../src/infrastructure/prisma/create-prisma-storage.js';
import { builtFile } from '../support/built-file.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { runKeywright } from './keywright-process.js';

let old: TestDatabase;
let next: TestDatabase;
let program: string;

beforeAll(async () => {
  [program, old, next] = [await builtFile('main.js'), await testDatabase(), await testDatabase()];
  const storage = createPrismaStorage({ databaseUrl: old.url });
  const { grant } = await givenTokens(storage);
  for (let round = 0; round < 40; round += 1) await Promise.all(Array.from({ length: 100 }, () => storage.accessTokens.add(someAccessToken(grant))));
  await storage.close();
});
afterAll(() => Promise.all([old?.drop(), next?.drop()]));

const environment = () => ({ STORAGE_FROM: old.url, DATABASE_URL: next.url });

const keywright = (...argv: string[]) => runKeywright(environment(), 'storage', ...argv);

it('a copy that was killed is gone on with, is compared, and ends in a switch; the old database then refuses all', async () => {
  const killed = spawn(process.execPath, [program, 'storage', 'copy'], {
    env: { PATH: process.env.PATH, ...environment() },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  for await (const chunk of killed.stderr) {
    said += String(chunk);
    if (said.includes('copying access_tokens')) break;
  }
  killed.kill('SIGKILL');
  if (killed.exitCode === null && killed.signalCode === null) await once(killed, 'exit');
  expect((await keywright('switch')).stderr).toMatch(/not everything is copied yet|another process/);

  let copied = await keywright('copy', '--json');
  for (let attempt = 0; attempt < 20 && copied.stderr.includes('another process'); attempt += 1) copied = await keywright('copy', '--json');
  expect(copied).toMatchObject({ code: 0 });
  const { same, tables } = JSON.parse(copied.stdout) as { same: boolean; tables: { table: string; rows: number }[] };
  expect(same).toBe(true);
  expect(tables).toContainEqual({ table: 'access_tokens', rows: 4001, differences: 0 });
  expect(await keywright('copy', '--check')).toMatchObject({ code: 0, stdout: expect.stringContaining('the same') });

  expect(await keywright('switch')).toMatchObject({ code: 0, stdout: expect.stringContaining('Switched.') });
  expect(await keywright('abandon')).toMatchObject({ code: 1, stderr: expect.stringContaining('this store has moved') });
});

it('says in a line what is missing', async () => {
  expect(await runKeywright({}, 'storage', 'copy')).toMatchObject({
    code: 2,
    stderr: 'error: say between which stores: --from and --to, or STORAGE_FROM and STORAGE\n',
  });
});
