import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { migrate } from '../../../src/infrastructure/prisma/migrate.js';
import { ToldToStop } from '../../../src/infrastructure/told-to-stop.js';
import { explainFailure } from '../../../src/interfaces/cli/explain-failure.js';
import { bareDatabase, type DatabaseWithRole, databaseWithRole } from '../../support/postgres.js';
import { connected, requestsOf, someMigrations, trafficOf, until } from './migrating.js';

let database: DatabaseWithRole;
let migrations: Awaited<ReturnType<typeof someMigrations>>;
let lines: string[];

beforeEach(async () => {
  database = await databaseWithRole();
  migrations = await someMigrations();
  await migrated();
  await migrations.add('2_second', 'ALTER TABLE first ADD COLUMN more int');
  lines = [];
});

function migrated(waitForLocks = 60_000, stopped?: AbortSignal) {
  return migrate({ databaseUrl: database.url, migrationsFolder: migrations.folder, waitForLocks, log: (line) => void lines.push(line), stopped });
}

const failureOf = (work: Promise<unknown>) => work.then(() => 'no failure', explainFailure);

async function nothingChanged(): Promise<void> {
  expect(await database.query(`SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'first'`)).toEqual([{ name: 'id' }]);
  expect(await database.query('SELECT migration_name AS name FROM _prisma_migrations')).toEqual([{ name: '1_first' }]);
}

/** The way of those who may do everything. */
async function administrators(): Promise<string> {
  const { url, drop } = await bareDatabase();
  await drop();
  return Object.assign(new URL(url), { pathname: new URL(database.url).pathname }).href;
}

/** Somebody who reads a table and goes on with something else. */
async function reading(url = database.url): Promise<Client> {
  const reader = await connected(url, 'a report');
  await reader.query('BEGIN; SELECT FROM first');
  return reader;
}

describe('while somebody reads a table that is to be changed', () => {
  it('requests go on, and the change is made when they are done', async () => {
    const reader = await reading();
    const requests = await requestsOf(database.url);
    const migrating = migrated();
    await until(() => lines.length > 0);
    expect(lines).toEqual([
      expect.stringMatching(/^2_second waits, for 60 s at most, and requests go on: first is held by pid \d+ \(a report, since 20\S+Z\)$/),
    ]);
    // Nobody stands in the queue of a lock, the migration neither, for longer than it rests between two tries.
    const done = requests.done();
    for (let look = 1; look <= 50; look += 1) {
      expect(await database.query("SELECT mode FROM pg_locks WHERE NOT granted AND relation = 'first'::regclass")).toEqual([]);
      await pause(50);
    }
    expect(requests.done()).toBeGreaterThan(done);
    await reader.query('COMMIT');
    expect(await migrating).toEqual({ applied: ['2_second'] });
    await requests.end();
    expect(lines).toHaveLength(1);
  });

  it.each([
    ['they are', () => reading(), / first is held by pid \d+ \(a report, since \S+Z\): start again when they are done, or end them: /],
    ['they are, as far as the role may see', async () => reading(await administrators()), / first is held by pid \d+ \(a report\): start again/],
  ])('and goes on doing so, the start is given up in time, with 75, nothing changed, and who %s', async (_, held, words) => {
    const reader = await held();
    const requests = await requestsOf(database.url);
    const failure = await failureOf(migrated(1500));
    expect(failure).toEqual({ exitCode: 75, lines: [expect.stringMatching(words)] });
    expect(failure).toMatchObject({ lines: [expect.stringMatching(/^2_second could not be applied in 2 s, and changed nothing: /)] });
    await nothingChanged();
    await requests.end();
    await reader.query('COMMIT');
    expect(await migrated()).toEqual({ applied: ['2_second'] });
  });
});

it('says that another program migrates also where the role may not see which', async () => {
  await database.query('REVOKE SELECT ON pg_locks FROM PUBLIC');
  await (await connected(database.url)).query('SELECT pg_advisory_lock(72707369)');
  expect(await failureOf(migrated(500))).toEqual({ exitCode: 75, lines: ['another program migrates this database: start again when it is done'] });
});

describe('told to stop', () => {
  const stopping = new ToldToStop();

  it.each([
    ['while others hold a table', async () => void (await reading()), () => lines.length > 0],
    [
      'while another program migrates',
      async () => void (await (await connected(database.url)).query('SELECT pg_advisory_lock(72707369)')),
      async () => (await database.query("SELECT FROM pg_stat_activity WHERE query LIKE '%pg_try_advisory_lock%' AND state = 'idle'")).length > 0,
    ],
  ])('%s, it ends without a further try, and nothing is changed', async (_, prepare, isWaiting) => {
    await prepare();
    const stop = new AbortController();
    const migrating = migrated(60_000, stop.signal);
    migrating.catch(() => undefined);
    await until(isWaiting);
    stop.abort(stopping);
    await expect(migrating).rejects.toBe(stopping);
    await nothingChanged();
  });

  it('while somebody holds the history of migrations itself, it ends before they are done, and nothing is changed', async () => {
    const other = await connected(database.url);
    await other.query('BEGIN; LOCK TABLE _prisma_migrations');
    const stop = new AbortController();
    const migrating = migrated(60_000, stop.signal);
    migrating.catch(() => undefined);
    await until(async () => (await database.query("SELECT FROM pg_locks WHERE NOT granted AND relation = '_prisma_migrations'::regclass")).length > 0);
    stop.abort(stopping);
    await expect(migrating).rejects.toBe(stopping);
    await other.query('COMMIT');
    await nothingChanged();
    expect(await migrated()).toEqual({ applied: ['2_second'] });
  });
});

it('who holds one table and comes to want another is let through', async () => {
  await migrations.add('2_second', 'ALTER TABLE first ADD COLUMN more int; ALTER TABLE second ADD COLUMN more int');
  const other = await connected(database.url);
  await other.query('BEGIN; SELECT FROM second');
  const migrating = migrated();
  await until(async () => (await database.query("SELECT FROM pg_locks WHERE NOT granted AND relation = 'second'::regclass")).length > 0);
  await other.query('SELECT FROM first; COMMIT');
  expect(await migrating).toEqual({ applied: ['2_second'] });
});

it('gets through beside traffic that takes its tables in the other order', async () => {
  await migrations.add('2_second', 'ALTER TABLE first ADD COLUMN more int; ALTER TABLE second ADD COLUMN more int');
  await trafficOf(database.url, 'INSERT INTO second (id) VALUES (1)', 'SELECT FROM first');
  expect(await migrated()).toEqual({ applied: ['2_second'] });
});

it('gets through beside traffic that takes what it waited for after a row', async () => {
  await database.query('INSERT INTO second VALUES (1)');
  await migrations.add('2_second', 'UPDATE second SET id = 2; ALTER TABLE first ADD COLUMN more int');
  await trafficOf(database.url, 'UPDATE second SET id = 1', 'SELECT FROM first');
  const reader = await reading();
  const migrating = migrated();
  await until(() => lines.length > 0);
  await reader.query('COMMIT');
  expect(await migrating).toEqual({ applied: ['2_second'] });
});

it('keeps nobody from a table whom its script would not', async () => {
  await migrations.add('2_second', 'CREATE INDEX ON first (id)');
  const reader = await reading();
  const writer = await connected(database.url);
  await writer.query('BEGIN; INSERT INTO first VALUES (1)');
  const migrating = migrated();
  await until(() => lines.length > 0);
  await writer.query('COMMIT');
  expect(await migrating).toEqual({ applied: ['2_second'] });
  await reader.query('SELECT FROM first; COMMIT');
});

it('waits for a row that somebody holds, too', async () => {
  await database.query('INSERT INTO first VALUES (1)');
  await migrations.add('2_second', 'UPDATE first SET id = 2');
  const other = await connected(database.url, 'a colleague');
  await other.query('BEGIN; SELECT FROM first FOR UPDATE');
  const migrating = migrated();
  await until(() => lines.length > 0);
  expect(lines[0]).toMatch(/: what it changes is held by pid \d+ \(a colleague, since \S+Z\)$/);
  await other.query('COMMIT');
  expect(await migrating).toEqual({ applied: ['2_second'] });
});

it('waits for a vacuum that does not give way in a manner that keeps nobody from the table', async () => {
  await database.query('INSERT INTO first SELECT generate_series(1, 20000)');
  const vacuum = await connected(database.url, 'a vacuum by hand');
  await vacuum.query('SET vacuum_cost_delay = 100; SET vacuum_cost_limit = 1');
  const vacuuming = vacuum.query('VACUUM first').catch((error: Error) => error.message);
  const waiting = "SELECT mode FROM pg_locks WHERE relation = 'first'::regclass AND mode = 'ShareUpdateExclusiveLock'";
  await until(async () => (await database.query(waiting)).length === 1);
  const requests = await requestsOf(database.url);
  const migrating = migrated();
  await until(async () => (await database.query(`${waiting} AND NOT granted`)).length === 1);
  const done = requests.done();
  await until(() => requests.done() > done + 200);
  await database.query(`SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name = 'a vacuum by hand' AND datname = current_database()`);
  expect(await vacuuming).toMatch(/canceling statement/);
  expect(await migrating).toEqual({ applied: ['2_second'] });
  await requests.end();
});

it('tries again where others change an entry of the catalog meanwhile', async () => {
  await migrations.add('2_second', 'GRANT SELECT ON first TO pg_monitor');
  const other = await connected(database.url);
  await other.query('BEGIN; GRANT INSERT ON first TO pg_monitor');
  const migrating = migrated();
  await until(async () => (await database.query("SELECT FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'")).length > 0);
  await other.query('COMMIT');
  expect(await migrating).toEqual({ applied: ['2_second'] });
});

it.each(['40001', '40P01'])('tries again where a statement fails for the sake of others (%s)', async (code) => {
  await database.query(`CREATE SEQUENCE tries; GRANT USAGE ON tries TO ${database.role}`);
  const once = `IF nextval('tries') = 1 THEN RAISE 'others' USING ERRCODE = '${code}'; END IF`;
  await migrations.add('2_second', `CREATE TABLE more (id int); DO $$ BEGIN ${once}; END $$`);
  expect(await migrated()).toEqual({ applied: ['2_second'] });
});

describe('a connection that is cut', () => {
  const cut = (during: string) =>
    database.query(`SELECT pg_terminate_backend(pid) AS cut FROM pg_stat_activity
      WHERE application_name = 'keywright migrate' AND datname = current_database() AND query LIKE '${during}'`);

  it.each([
    ['in the middle of a script', '%pg_sleep(100)', async () => migrations.add('2_second', 'CREATE TABLE more (id int); SELECT pg_sleep(100)')],
    ['while others are waited for', '%virtualtransaction = ANY ($1) LIMIT 1', async () => void (await reading())],
  ])('%s is no fault of the script: 75, nothing changed, and the next start finishes', async (_, during, prepare) => {
    await prepare();
    const failing = failureOf(migrated());
    await until(async () => (await cut(during)).length > 0);
    expect(await failing).toEqual({ exitCode: 75, lines: [expect.stringMatching(/^the store cannot be reached \(.+\); try again/)] });
    await nothingChanged();
    await migrations.add('2_second', 'CREATE TABLE more (id int)');
    expect(await migrated()).toEqual({ applied: ['2_second'] });
  });
});

it.each([
  ['a full disk', "RAISE 'no space left on device' USING ERRCODE = '53100'", /^the database has a full disk \(no space left on device\): make room on it/],
  ['an operator who cancels it', 'PERFORM pg_cancel_backend(pg_backend_pid()); PERFORM pg_sleep(10)', / \(canceling statement due to user request\)/],
])('%s is no fault of the script: 75, and nothing changed', async (_, statement, words) => {
  await migrations.add('2_second', `ALTER TABLE first ADD COLUMN more int; DO $$ BEGIN ${statement}; END $$`);
  expect(await failureOf(migrated())).toEqual({ exitCode: 75, lines: [expect.stringMatching(words)] });
  await nothingChanged();
});

it('is bounded outside a transaction by nothing that the role has for requests, nor while it reads the history, or only waits', async () => {
  const bounds = ['lock_timeout', 'idle_session_timeout', 'idle_in_transaction_session_timeout'].map((name) => `'${name}'`);
  for (const { name } of await database.query(`SELECT name FROM pg_settings WHERE name IN (${bounds.join()})`))
    await database.query(`ALTER ROLE ${database.role} SET ${name} = 300`);
  await migrations.add('2_second', 'ALTER TABLE second ADD COLUMN more int');
  await migrations.add('3_third', 'CREATE INDEX CONCURRENTLY ON first (id)');
  const others = await connected(await administrators());
  const waiting = (table: string) => async () => (await database.query(`SELECT FROM pg_locks l WHERE NOT granted AND ${table}`)).length > 0;

  await others.query('BEGIN; LOCK TABLE _prisma_migrations');
  const migrating = migrated();
  await until(waiting("relation = '_prisma_migrations'::regclass"));
  await pause(600);
  await others.query('COMMIT; BEGIN; SELECT FROM second; INSERT INTO first VALUES (1)');
  await until(() => lines.length > 0);
  await others.query('COMMIT; BEGIN; INSERT INTO first VALUES (1)');
  await until(waiting("locktype = 'virtualxid'"));
  await pause(600);
  await others.query('COMMIT');
  expect(await migrating).toEqual({ applied: ['2_second', '3_third'] });
});

it('goes by no clock, zone or limit of time that the database has for requests', async () => {
  const limits = (await database.query("SELECT name FROM pg_settings WHERE name IN ('statement_timeout', 'transaction_timeout')")).map(({ name }) => name);
  for (const setting of [...limits.map((name) => `${name} = 1500`), "timezone = 'Pacific/Auckland'"])
    await database.query(`ALTER ROLE ${database.role} SET ${setting}`);
  await migrations.add('2_second', `SELECT pg_sleep(2); CREATE TABLE moment AS SELECT '2026-01-01 00:00'::timestamp::timestamptz AS at`);
  expect(await migrated()).toEqual({ applied: ['2_second'] });
  expect(await database.query('SELECT at FROM moment')).toEqual([{ at: new Date('2026-01-01T00:00:00Z') }]);
  const between = "bool_and(started_at > now() - interval '5 minutes' AND finished_at > started_at AND finished_at < now())";
  expect(await database.query(`SELECT ${between} AS told FROM _prisma_migrations`)).toEqual([{ told: true }]);
});
