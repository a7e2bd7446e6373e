import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { migrate } from '../../src/infrastructure/prisma/migrate.js';
import { pendingMigrations } from '../../src/infrastructure/prisma/migrate-pending.js';
import { movedTables } from '../../src/infrastructure/prisma/moving/moved-table.js';
import { Browser } from '../support/browser.js';
import { pkce } from '../support/pkce.js';
import { type DatabaseWithRole, databaseWithRole } from '../support/postgres.js';
import { overFetch } from '../support/transport.js';
import { authorizationUrl, exchangeForm, refreshForm, token } from './demo-flow.js';
import { freePort, KeywrightProcess, runKeywright } from './keywright-process.js';

const secretKey = randomBytes(32).toString('hex');
const admin = { ADMIN_EMAIL: 'ada@example.com', ADMIN_PASSWORD: 'correct horse battery staple' };

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'keywright-schema-'));
});
afterAll(() => rm(dataDir, { recursive: true }));

type Preparation = (role: string) => string;

/** A database of an ordinary role, in which `preparations` are made first. */
async function database(...preparations: Preparation[]): Promise<DatabaseWithRole & { env: Record<string, string> }> {
  const made = await databaseWithRole();
  for (const preparation of preparations) await made.query(preparation(made.role));
  return { ...made, env: { DATABASE_URL: made.url, SECRET_KEY: secretKey, DATA_DIR: dataDir } };
}

const leadTo = (schema: string) => (role: string) => `ALTER ROLE ${role} SET search_path = "${schema}"`;
const app = [(role: string) => `CREATE SCHEMA "the App" AUTHORIZATION ${role}`, leadTo('the App')];

const tables = `SELECT DISTINCT schemaname AS schema FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`;

it('everything is in the schema to which search_path leads, at the first start and at every one after it', async () => {
  const { env, query } = await database(...app);
  for (let start = 1; start <= 2; start += 1) {
    const server = await KeywrightProcess.start(dataDir, await freePort(), { ...env, ...admin });
    onTestFinished(async () => void (await server.stop()));
    const browser = new Browser(overFetch, server.issuer);
    await browser.allow(authorizationUrl(server.issuer, pkce().challenge));
    const { body } = await token(server.issuer, await exchangeForm(browser, server.issuer));
    expect(await token(server.issuer, refreshForm(body.refresh_token as string))).toMatchObject({ status: 200 });
    expect(await server.stop()).toBe(0);
    expect(await runKeywright(env, 'migrate')).toMatchObject({ code: 0, stdout: 'Up to date: nothing to apply.\n' });
  }
  expect(await query(tables)).toEqual([{ schema: 'the App' }]);
});

it('a move finds the tables in the schema to which search_path leads', async () => {
  const { url } = await database(...app);
  await migrate({ databaseUrl: url });
  const client = new Client({ connectionString: url });
  await client.connect();
  onTestFinished(() => client.end());
  expect((await movedTables(client)).map(({ name }) => name)).toEqual(expect.arrayContaining(['users', 'clients', 'grants', 'access_tokens']));
});

it.each([
  ['there is none', [leadTo('nowhere')], '', /has no schema for the role .*search_path is nowhere: make one/],
  ['the address names another', app, '?schema=public', /in the schema public, says its address, .* leads to the App: ALTER ROLE .* SET search_path = "public"/],
])('a start, migrate and doctor refuse a database in plain words where %s, and change nothing', async (_, statements, query, words) => {
  const { env, ...made } = await database(...statements);
  for (const command of ['serve', 'migrate', 'doctor']) {
    const { code, said } = await runKeywright({ ...env, DATABASE_URL: `${env.DATABASE_URL}${query}` }, command);
    expect(said).toMatch(words);
    expect(code).toBe(command === 'doctor' ? 1 : 78);
  }
  expect(await made.query(tables)).toEqual([]);
});

it('a schema that comes before the one with the tables is not filled as if there were none', async () => {
  const { env, ...made } = await database();
  expect((await runKeywright({ ...env, DATABASE_URL: `${env.DATABASE_URL}?schema=public` }, 'migrate')).code).toBe(0);
  expect(await pendingMigrations(made.url)).toEqual([]);
  await made.query(`CREATE SCHEMA AUTHORIZATION ${made.role}`);
  const { code, said } = await runKeywright(env, 'migrate');
  expect(said).toMatch(/has the tables in the schema public, .* leads to .* first: ALTER ROLE .* SET search_path = "public"/);
  expect(code).toBe(78);
  expect(await made.query(tables)).toEqual([{ schema: 'public' }]);
});
