import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { Browser } from '../support/browser.js';
import { testDatabase } from '../support/postgres.js';
import { overFetch } from '../support/transport.js';
import { freePort, KeywrightProcess, runKeywright } from './keywright-process.js';

const provider = JSON.stringify([{ id: 'acme', name: 'Acme', issuer: 'https://id.example', client_id: 'kw', client_secret: 'a secret' }]);

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'keywright-later-start-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

it('says from the second start on how a lost password is chosen anew, by a command that works as it is said', async () => {
  const port = await freePort();
  const first = await KeywrightProcess.start(dataDir, port, {});
  await first.stop();
  expect(first.said).toContain('(shown only this once)');
  expect(first.said).not.toContain('reset-link');

  const second = await KeywrightProcess.start(dataDir, port, {});
  try {
    expect(second.said).not.toContain('(shown only this once)');
    const [, email = ''] = /lost\? .*: keywright users reset-link '(.*)'\n/.exec(second.said) ?? [];
    const { code, stdout } = await runKeywright({ DATA_DIR: dataDir, PORT: String(port) }, 'users', 'reset-link', email);
    expect(code).toBe(0);
    const link = stdout.split('\n').find((line) => line.startsWith(second.issuer)) ?? '';
    expect((await new Browser(overFetch, second.issuer).open(link)).text).toContain('Choose a new password');
  } finally {
    await second.stop();
  }
});

it('says nothing of it where nobody has a password here', async () => {
  const server = await KeywrightProcess.start(dataDir, await freePort(), { LOCAL_ACCOUNTS: 'false', SIGN_IN_PROVIDERS: provider });
  await server.stop();
  expect(server.said).not.toContain('reset-link');
});

it('says nothing of it where the database is that of an operator', async () => {
  const database = await testDatabase();
  onTestFinished(() => database.drop());
  for (let start = 1; start <= 2; start += 1) {
    const server = await KeywrightProcess.start(dataDir, await freePort(), { DATABASE_URL: database.url });
    await server.stop();
    expect(server.said.includes('(shown only this once)')).toBe(start === 1);
    expect(server.said).not.toContain('reset-link');
  }
});
