import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pendingMigrations } from '../../src/infrastructure/prisma/migrate-pending.js';
import { Browser } from '../support/browser.js';
import { pkce } from '../support/pkce.js';
import { hasPooler, type Pooler, startPooler } from '../support/pooler.js';
import { bareDatabase, type TestDatabase, testDatabase } from '../support/postgres.js';
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

  it.each([
    ['refuses what it does not pass on', 'extra_float_digits'],
    ['takes it all the same', 'extra_float_digits,options,statement_timeout'],
  ])('says what to set where nobody told of the pooler, and changes nothing, when it %s', async (_, ignored) => {
    const bare = await bareDatabase();
    const other = await startPooler(bare.url, ignored);
    const pending = await pendingMigrations(bare.url);
    const env = { DATABASE_URL: other.through(bare.url), SECRET_KEY: secretKey, DATA_DIR: dataDir };
    for (const command of ['doctor', 'migrate', 'serve']) {
      const { code, said } = await runKeywright(env, command);
      expect(said).toMatch(/there is a pooler at .+: set DATABASE_POOLER=transaction, and DATABASE_DIRECT_URL to the database past it/);
      expect(code).not.toBe(0);
    }
    expect(await pendingMigrations(bare.url)).toEqual(pending);
    await other.stop();
    await bare.drop();
  });

  it('says when the way past the pooler leads elsewhere, to nobody, or to the pooler, and changes nothing', async () => {
    const bare = await bareDatabase();
    const through = pooler.through(database.url);
    const ways = [
      [bare.url, 'DATABASE_DIRECT_URL leads to another database than DATABASE_URL'],
      ['postgresql://a:b@127.0.0.1:1/x', 'DATABASE_DIRECT_URL: connect ECONNREFUSED'],
      [through, 'there is a pooler at'],
    ] as const;
    for (const [DATABASE_DIRECT_URL, why] of ways) {
      const env = { DATABASE_POOLER: 'transaction', DATABASE_URL: through, DATABASE_DIRECT_URL, SECRET_KEY: secretKey, DATA_DIR: dataDir };
      for (const command of ['doctor', 'migrate']) {
        const { code, said } = await runKeywright(env, command);
        expect(said).toContain(why);
        expect(code).not.toBe(0);
      }
    }
    expect(await pendingMigrations(bare.url)).not.toEqual([]);
    await bare.drop();
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
    const gone = pooler.kill();
    do await refresh();
    while (statuses.at(-1) === 200);
    await gone;
    expect(await refresh()).toBe(503);
    await pooler.start();
    do await refresh();
    while (statuses.at(-1) === 503);
    expect(statuses.at(-1)).toBe(200);
    expect(new Set(statuses)).toEqual(new Set([200, 503]));
    expect(await server.stop()).toBe(0);
  });
});
