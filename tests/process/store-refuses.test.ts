import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client as Connection } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { freePort, KeywrightProcess, runKeywright } from './keywright-process.js';

let dataDir: string;
let database: TestDatabase;
let admin: Connection;
let server: KeywrightProcess;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'keywright-store-refuses-'));
  database = await testDatabase();
  admin = new Connection({ connectionString: database.url });
  await admin.connect();
});
afterAll(async () => {
  await (server as KeywrightProcess | undefined)?.stop();
  await admin.end();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

/** With it every connection that is open is ended, as at a failover. */
async function readOnly(how: 'on' | 'off'): Promise<void> {
  await admin.query(`ALTER DATABASE ${new URL(database.url).pathname.slice(1)} SET default_transaction_read_only = ${how}`);
  await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()');
}

it('while tokens cannot be written the server is not ready and its log has why, once; then it is ready again though nobody asks for tokens', async () => {
  const env = { DATABASE_URL: database.url };
  server = await KeywrightProcess.start(dataDir, await freePort(), env);
  const made = await runKeywright({ ...env, DATA_DIR: dataDir }, 'clients', 'create', '--name', 'Batch', '--grant', 'client_credentials', '--json');
  const { client_id, client_secret } = JSON.parse(made.stdout) as { client_id: string; client_secret: string };
  const token = () =>
    fetch(`${server.issuer}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret }),
    });
  const readiness = async () => (await fetch(`${server.issuer}/readyz`)).status;
  expect([(await token()).status, await readiness()]).toEqual([200, 200]);

  await readOnly('on');
  await expect.poll(async () => (await token()).status, { timeout: 20_000 }).toBe(503);
  for (let time = 0; time < 20; time += 1) expect((await token()).status).toBe(503);
  await expect.poll(readiness, { timeout: 20_000 }).toBe(503);
  const lines = () => server.said.split('\n').filter((line) => line.includes('the store '));
  await expect.poll(() => lines().filter((line) => line.includes('"code":"25006"')), { timeout: 20_000 }).toHaveLength(1);
  expect(lines().find((line) => line.includes('25006'))).toMatch(/"level":50,.*"reason":"the database is read-only: cannot execute /);

  await readOnly('off');
  await expect.poll(readiness, { timeout: 20_000 }).toBe(200);
  await expect.poll(() => lines().at(-1), { timeout: 20_000 }).toMatch(/"level":40,.*the store works again/);
  expect(lines().filter((line) => line.includes('25006'))).toHaveLength(1);
  expect((await token()).status).toBe(200);
  expect(server.said).not.toContain(client_secret);
  expect(await server.stop()).toBe(0);
}, 90_000);
