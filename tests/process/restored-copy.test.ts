import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { databaseWithRole } from '../support/postgres.js';
import { freePort, KeywrightProcess, runKeywright } from './keywright-process.js';

it('doctor tells a restored copy from the store on which the server works, though both have the same keys', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'keywright-copy-'));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  const { url, role } = await databaseWithRole();
  const env = { DATABASE_URL: url, SECRET_KEY: 'a key of more than 32 characters, for tests', ADMIN_PASSWORD: 'correct horse battery staple' };
  const port = await freePort();
  const start = async () => {
    const server = await KeywrightProcess.start(dataDir, port, env);
    onTestFinished(async () => void (await server.stop()));
    return server;
  };
  await (await start()).stop();
  const administration = await databaseWithRole();
  const copy = Object.assign(new URL(url), { pathname: `${new URL(url).pathname}_copy` });
  await administration.query(`CREATE DATABASE ${copy.pathname.slice(1)} TEMPLATE ${new URL(url).pathname.slice(1)} OWNER ${role}`);
  onTestFinished(async () => void (await administration.query(`DROP DATABASE ${copy.pathname.slice(1)} WITH (FORCE)`)));

  const server = await start();
  const examined = (databaseUrl: string) => runKeywright({ ...env, DATABASE_URL: databaseUrl, DATA_DIR: dataDir, PORT: String(port) }, 'doctor');
  const original = await examined(url);
  expect([original.code, original.stdout]).toEqual([0, expect.stringMatching(/^ok +same store .* to which a server is connected$/m)]);
  const restored = await examined(copy.href);
  expect([restored.code, restored.stdout]).toEqual([
    1,
    expect.stringMatching(/^fail +same store .* no server is connected to it now: .*it is a copy, .* DATABASE_URL/m),
  ]);
  // Whoever chose the names of the connections cannot be told by them.
  expect((await examined(`${url}?application_name=mine`)).stdout).toMatch(/^ok +same store +\S+ publishes the keys of this store$/m);

  expect(await server.stop()).toBe(0);
});
