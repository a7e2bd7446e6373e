import { type ChildProcess, execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { PostgresFolder } from '../../../src/infrastructure/embedded-postgres/postgres-folder.js';
import { findPostmaster } from '../../../src/infrastructure/embedded-postgres/postmaster.js';
import { startEmbeddedPostgres } from '../../../src/infrastructure/embedded-postgres/start-embedded-postgres.js';
import { builtFile } from '../../support/built-file.js';
import { DatabaseUser } from './database-user.js';

/** Processes are killed here, machines are not. */
const settings = { fsync: 'off' };

let prepared: string;
let dataDir: string;
let folder: PostgresFolder;
let children: ChildProcess[];

beforeAll(async () => {
  await builtFile('main.js');
  prepared = await mkdtemp(join(tmpdir(), 'keywright-prepared-'));
  const database = await startEmbeddedPostgres({ dataDir: prepared, log: () => undefined, settings });
  await note(database.url);
  await database.stop();
});

afterAll(() => rm(prepared, { recursive: true }));

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'keywright-embedded-'));
  folder = new PostgresFolder(dataDir);
  children = [];
});

/** As after an earlier run, which left a note. */
async function usedBefore(): Promise<void> {
  await promisify(execFile)('cp', ['-a', `${prepared}/.`, dataDir]);
}

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await killPostgres();
  await rm(dataDir, { recursive: true });
});

const user = () => DatabaseUser.start(dataDir, children);

async function killPostgres(): Promise<void> {
  const postmaster = await findPostmaster(folder);
  if (postmaster === null) return;
  process.kill(postmaster.pid, 'SIGKILL');
  await until(async () => (await findPostmaster(folder)) === null);
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(10);
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const note = (url: string) => query(url, 'CREATE TABLE note AS SELECT 42 AS answer');
const noted = (url: string) => query(url, 'SELECT answer FROM note');

describe('the embedded PostgreSQL', () => {
  test.each([
    ['that only its owner can enter', 0o700],
    ['that everybody can enter', 0o755],
  ])('is made on the first start and keeps its data and its address, below a folder %s', async (_, mode) => {
    await chmod(dataDir, mode);
    const first = await startEmbeddedPostgres({ dataDir, log: () => undefined, settings });
    await note(first.url);
    await first.stop();
    expect(await findPostmaster(folder)).toBeNull();

    const second = await startEmbeddedPostgres({ dataDir, log: () => undefined, settings });
    expect(second.url).toBe(first.url);
    expect(await noted(second.url)).toEqual([{ answer: 42 }]);
    await second.stop();
  });

  test('lets nobody in without its password, which only its owner can read', async () => {
    const { url, stop } = await startEmbeddedPostgres({ dataDir, log: () => undefined, settings });
    await expect(query(url.replace(/:[^:@]+@/, ':guess@'), 'SELECT 1')).rejects.toThrow('password authentication failed');
    await stop();
  });

  test('survives kill -9 of the process that started it: the next one finds it running', async () => {
    await usedBefore();
    const first = await user();
    await first.killHard();

    const second = await user();
    expect(second.started).toBe(false);
    expect(await noted(second.url)).toEqual([{ answer: 42 }]);
    await second.leave();
    expect(await findPostmaster(folder)).toBeNull();
  });

  test('survives kill -9 of everything', async () => {
    await usedBefore();
    const first = await user();
    await first.killHard();
    await killPostgres();

    const second = await user();
    expect(second.started).toBe(true);
    expect(await noted(second.url)).toEqual([{ answer: 42 }]);
  });

  test('is made once when two processes start for the first time at the same moment', async () => {
    const both = await Promise.all([user(), user()]);
    expect(both.map(({ started }) => started).sort()).toEqual([false, true]);
    expect(both[0].url).toBe(both[1].url);
    expect((await readdir(dataDir)).sort()).toEqual(process.platform === 'linux' ? ['postgres', 'postgres-lib'] : ['postgres']);
  });

  test('is left running by the one that started it while another uses it, and stopped by the last', async () => {
    await usedBefore();
    const first = await user();
    const second = await user();
    expect(second.started).toBe(false);
    await first.leave();
    expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await second.leave();
    expect(await findPostmaster(folder)).toBeNull();
  });

  test('is stopped when all leave at the same moment', async () => {
    await usedBefore();
    const all = await Promise.all([user(), user(), user()]);
    await Promise.all(all.map((one) => one.leave()));
    expect(await findPostmaster(folder)).toBeNull();
  });

  test('does not hear the Ctrl-C of the terminal', async () => {
    await usedBefore();
    const first = await user();
    const before = await findPostmaster(folder);
    first.interruptGroup();
    expect(await query(first.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await findPostmaster(folder)).toEqual(before);
    await first.leave();
  });

  test('starts although its pid file names a process that is something else by now', async () => {
    await usedBefore();
    const first = await user();
    await first.killHard();
    await killPostgres();
    const pidFile = join(folder.cluster, 'postmaster.pid');
    const [, ...rest] = (await readFile(pidFile, 'utf8')).split('\n');
    await writeFile(pidFile, [process.pid, ...rest].join('\n'));

    expect((await user()).started).toBe(true);
  });

  test('starts although its lock names a process that is gone', async () => {
    await writeFile(folder.lock, '999999999 1 gone');
    expect((await user()).started).toBe(true);
  });

  test('moves to another port when its own is taken', async () => {
    await usedBefore();
    const first = await startEmbeddedPostgres({ dataDir, log: () => undefined, settings });
    await first.stop();
    const port = Number(new URL(first.url).port);
    const squatter = createServer().listen(port, '127.0.0.1');
    await once(squatter, 'listening');
    const second = await startEmbeddedPostgres({ dataDir, log: () => undefined, settings });
    expect(new URL(second.url).port).not.toBe(String(port));
    await second.stop();
    squatter.close();
  });

  test('comes back on the same address when it dies under a running process', async () => {
    await usedBefore();
    const log = vi.fn();
    const database = await startEmbeddedPostgres({ dataDir, log, settings });
    await killPostgres();
    await until(async () => (await findPostmaster(folder))?.ready === true);
    expect(await noted(database.url)).toEqual([{ answer: 42 }]);
    expect(log).toHaveBeenCalledWith(expect.stringContaining('went away'));
    await database.stop();
    expect(await findPostmaster(folder)).toBeNull();
  });

  test('says who holds the folder when a PostgreSQL there refuses us', async () => {
    await usedBefore();
    const first = await user();
    await writeFile(folder.password, 'another');
    const { pid } = (await findPostmaster(folder)) ?? {};
    await expect(startEmbeddedPostgres({ dataDir, log: () => undefined, settings })).rejects.toThrow(`PostgreSQL process ${pid} holds ${folder.home}`);
    await first.leave();
  });

  test('says in one line why a folder cannot be used', async () => {
    await writeFile(join(dataDir, 'file'), '');
    await expect(startEmbeddedPostgres({ dataDir: join(dataDir, 'file'), log: () => undefined, settings })).rejects.toThrow(
      /^cannot keep a database in .*file/,
    );
  });

  test('says so when the data was written by another version of PostgreSQL', async () => {
    await usedBefore();
    const first = await startEmbeddedPostgres({ dataDir, log: () => undefined, settings });
    await first.stop();
    await writeFile(join(folder.cluster, 'PG_VERSION'), '17\n');
    await expect(startEmbeddedPostgres({ dataDir, log: () => undefined, settings })).rejects.toThrow(/database files are incompatible.*version 17/);
  });
});
