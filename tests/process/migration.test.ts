import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { migrate } from '../../src/infrastructure/prisma/migrate.js';
import { migrationNames, ownMigrations } from '../../src/infrastructure/prisma/migrate-folder.js';
import { connected, someMigrations, until } from '../infrastructure/migrate/migrating.js';
import { builtFile } from '../support/built-file.js';
import { databaseWithRole } from '../support/postgres.js';
import { runKeywright } from './keywright-process.js';

/** A program that is sent a signal when `said` and what PostgreSQL sees of it are as wanted; what it had said in the end, and its exit code. */
async function ended(
  signal: NodeJS.Signals,
  args: string[],
  env: Record<string, string>,
  isTime: (said: string) => boolean | Promise<boolean>,
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, args, { env: { PATH: process.env.PATH, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const exit = once(child, 'exit');
  onTestFinished(() => void child.kill('SIGKILL'));
  await Promise.race([until(() => isTime(said)), exit.then(([code]) => Promise.reject(new Error(`ended with ${code}: ${said}`)))]);
  child.kill(signal);
  const [code] = await exit;
  return { code, said };
}

/** A database that lacks the last migrations, the first of which changes a table that is being dumped. */
async function dumped() {
  const { url, query } = await databaseWithRole();
  const earlier = await mkdtemp(join(tmpdir(), 'keywright-earlier-'));
  onTestFinished(() => rm(earlier, { recursive: true }));
  const names = await migrationNames(ownMigrations);
  // The one that comes next adds a column to clients.
  const before = names.filter((one) => one < '20261130120000');
  for (const name of [...before, 'migration_lock.toml']) await cp(join(ownMigrations, name), join(earlier, name), { recursive: true });
  await migrate({ databaseUrl: url, migrationsFolder: earlier });
  const dump = await connected(url, 'pg_dump');
  await dump.query('BEGIN; LOCK TABLE clients IN ACCESS SHARE MODE');
  const applied = async () => (await query('SELECT migration_name AS name FROM _prisma_migrations ORDER BY started_at')).map(({ name }) => name);
  return { url, dump, before, missing: names.slice(before.length), applied };
}

const waits = /^20261130120000_own_tokens_of_clients waits, for 180 s at most, and requests go on: clients is held by pid \d+ \(pg_dump, since \S+\)\n$/;

it('migrate says whom it waits for; killed meanwhile it has changed nothing, and the next one finishes', async () => {
  const { url, dump, before, missing, applied } = await dumped();
  const env = { DATABASE_URL: url };
  const { said } = await ended('SIGKILL', [await builtFile('main.js'), 'migrate'], env, (line) => line.includes('\n'));
  expect(said).toMatch(waits);
  expect(await applied()).toEqual(before);
  await dump.query('COMMIT');
  const { code, stdout } = await runKeywright(env, 'migrate');
  expect([code, stdout]).toEqual([0, missing.map((name) => `applied  ${name}\n`).join('')]);
});

it.each(['1', '2'])(
  'a server that waits for a dump when it is told to stop ends in good order, and has changed nothing (WORKERS=%s)',
  async (WORKERS) => {
    const { url, before, applied } = await dumped();
    const env = { DATABASE_URL: url, DATA_DIR: join(tmpdir(), 'no-such-folder'), SECRET_KEY: 'a key of more than 32 characters, for tests', WORKERS };
    const stop = await ended('SIGTERM', [await builtFile('main.js'), 'serve'], env, (line) => line.includes('\n'));
    expect(stop).toEqual({ code: 0, said: expect.stringMatching(waits) });
    expect(await applied()).toEqual(before);
  },
  60_000,
);

it.each(['1', '2'])(
  'so does one that waits for somebody who holds the history of migrations (WORKERS=%s)',
  async (WORKERS) => {
    const { url, query } = await databaseWithRole();
    await migrate({ databaseUrl: url });
    const other = await connected(url);
    await other.query('BEGIN; LOCK TABLE _prisma_migrations');
    const env = { DATABASE_URL: url, DATA_DIR: join(tmpdir(), 'no-such-folder'), SECRET_KEY: 'a key of more than 32 characters, for tests', WORKERS };
    const isWaiting = async () => (await query("SELECT FROM pg_locks WHERE NOT granted AND relation = '_prisma_migrations'::regclass")).length > 0;
    // One that ends before they are done, and is not cut off, which is said by 1.
    expect(await ended('SIGTERM', [await builtFile('main.js'), 'serve'], env, isWaiting)).toEqual({ code: 0, said: '' });
  },
  60_000,
);

it('killed in the middle of a script it leaves nothing of it, and the next one waits until PostgreSQL has noticed', async () => {
  const { url, query } = await databaseWithRole();
  const { folder, add } = await someMigrations();
  await add('2_second', 'CREATE TABLE more (id int); SELECT pg_sleep(2)');
  const module = pathToFileURL(await builtFile('infrastructure/prisma/migrate.js')).href;
  const program = `const { migrate } = await import(${JSON.stringify(module)}); await migrate(${JSON.stringify({ databaseUrl: url, migrationsFolder: folder })});`;
  const isSleeping = async () => (await query("SELECT FROM pg_stat_activity WHERE query LIKE '%pg_sleep(2)' AND wait_event = 'PgSleep'")).length > 0;
  await ended('SIGKILL', ['--input-type=module', '--eval', program], {}, isSleeping);
  expect(await migrate({ databaseUrl: url, migrationsFolder: folder })).toEqual({ applied: ['2_second'] });
  expect(await query('SELECT count(*)::int AS tries FROM _prisma_migrations')).toEqual([{ tries: 2 }]);
});
