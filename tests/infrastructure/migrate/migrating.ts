import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { onTestFinished } from 'vitest';
import { startEmbeddedPostgres } from '../../../src/infrastructure/embedded-postgres/start-embedded-postgres.js';

/** A folder of migrations that lasts as long as the test: `first` makes two tables, others by `add`. */
export async function someMigrations(): Promise<{ readonly folder: string; add(name: string, sql: string): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'keywright-migrations-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const add = async (name: string, sql: string) => {
    await mkdir(join(folder, name), { recursive: true });
    await writeFile(join(folder, name, 'migration.sql'), sql);
  };
  await writeFile(join(folder, 'migration_lock.toml'), 'provider = "postgresql"\n');
  await add('1_first', 'CREATE TABLE first (id int); CREATE TABLE second (id int)');
  return { folder, add };
}

/** A PostgreSQL of its own that lasts as long as the test, for settings that only a server has. */
export async function serverWith(settings: Readonly<Record<string, string>>): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'keywright-server-'));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  const { url, stop } = await startEmbeddedPostgres({ dataDir, log: () => undefined, settings: { fsync: 'off', ...settings } });
  onTestFinished(stop);
  return url;
}

/** A connection that lasts as long as the test; one that is cut meanwhile is no failure. */
export async function connected(url: string, name = 'a test'): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: name });
  client.on('error', () => undefined);
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

/** Asks until the answer is yes. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(50);
}

/**
 * Reads and writes the tables over and over, each a moment apart, with the patience that requests have. `end` answers how many did, and throws when one was kept
 * waiting for too long.
 */
export async function requestsOf(url: string): Promise<{ done(): number; end(): Promise<void> }> {
  let done = 0;
  let over = false;
  const all = ['SELECT * FROM first', 'INSERT INTO first (id) VALUES (1)', 'SELECT * FROM second', 'INSERT INTO second (id) VALUES (1)'].map(async (sql) => {
    const client = new Client({ connectionString: url, options: '-c lock_timeout=1000' });
    await client.connect();
    try {
      for (; !over; done += 1) {
        await client.query(sql);
        await pause(5);
      }
    } finally {
      await client.end();
    }
  });
  const ending = Promise.all(all);
  ending.catch(() => undefined);
  const end = async () => {
    over = true;
    await ending;
  };
  onTestFinished(end);
  return { done: () => done, end };
}

/** Four who do two things in one transaction, a moment apart, over and over until the test ends. */
export async function trafficOf(url: string, one: string, other: string): Promise<void> {
  let over = false;
  const all = [1, 2, 3, 4].map(async () => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      while (!over) {
        await client.query(`BEGIN; ${one}`);
        await pause(5);
        await client.query(`${other}; COMMIT`);
      }
    } finally {
      await client.end();
    }
  });
  const ending = Promise.all(all);
  ending.catch(() => undefined);
  onTestFinished(async () => {
    over = true;
    await ending;
  });
}
