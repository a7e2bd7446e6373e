import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../support/browser.js';
import { pkce } from '../support/pkce.js';
import { hasPooler, type Pooler, startPooler } from '../support/pooler.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { overFetch } from '../support/transport.js';
import { authorizationUrl, exchangeForm, refreshForm, token } from './demo-flow.js';
import { freePort, KeywrightProcess, runKeywright } from './keywright-process.js';

const admin = { ADMIN_EMAIL: 'ada@example.com', ADMIN_PASSWORD: 'correct horse battery staple' };
const secretKey = 'a key of more than 32 characters, for tests';

describe.skipIf(!hasPooler)('behind PgBouncer', () => {
  let dataDir: string;
  let database: TestDatabase;
  let pooler: Pooler;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'keywright-pooled-'));
    database = await testDatabase();
    pooler = await startPooler(database.url);
  });
  afterAll(async () => {
    await pooler?.stop();
    await database?.drop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('says what to set where nobody told of the pooler, and changes nothing', async () => {
    const env = { DATABASE_URL: pooler.through(database.url), SECRET_KEY: secretKey, DATA_DIR: dataDir };
    for (const command of ['doctor', 'migrate', 'serve']) {
      const { code, said } = await runKeywright(env, command);
      expect(said).toMatch(/there is a pooler at .+: set DATABASE_POOLER=transaction, and DATABASE_DIRECT_URL to the database past it/);
      expect(code).not.toBe(0);
    }
  });

  it('nobody is signed out when the pooler dies and another takes its place', async () => {
    const pooled = { DATABASE_POOLER: 'transaction', DATABASE_URL: pooler.through(database.url), DATABASE_DIRECT_URL: database.url };
    const server = await KeywrightProcess.start(dataDir, await freePort(), { ...admin, ...pooled });
    const browser = new Browser(overFetch, server.issuer);
    await browser.allow(authorizationUrl(server.issuer, pkce().challenge));
    const { body } = await token(server.issuer, await exchangeForm(browser, server.issuer));

    let newest = body.refresh_token as string;
    const statuses: number[] = [];
    const refresh = async () => {
      const answer = await token(server.issuer, refreshForm(newest));
      statuses.push(answer.status);
      if (answer.status === 200) newest = answer.body.refresh_token as string;
      return answer.status;
    };
    for (let times = 0; times < 20; times += 1) await refresh();
    expect(new Set(statuses)).toEqual(new Set([200]));
    const replaced = pooler.replace();
    do await refresh();
    while (statuses.at(-1) !== 503 && statuses.length < 1000);
    await replaced;
    while ((await refresh()) !== 200);
    expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
    expect(await server.stop()).toBe(0);
  });
});
