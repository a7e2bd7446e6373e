import { type ChildProcess, execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { PostgresFolder } from '../../../src/infrastructure/embedded-postgres/postgres-folder.js';
import { findPostmaster } from '../../../src/infrastructure/embedded-postgres/postmaster.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../../src/infrastructure/embedded-postgres/start-embedded-postgres.js';
import { builtFile } from '../../support/built-file.js';
import { DatabaseUser } from './database-user.js';

/** A data directory for each test of a file; what still runs on it afterwards is ended. */
export class DataFolder {
  path = '';
  /** The folder around it, which only its owner can enter. */
  around = '';
  private prepared = '';
  private children: ChildProcess[] = [];

  constructor() {
    beforeAll(async () => {
      await builtFile('main.js');
      this.prepared = await mkdtemp(join(tmpdir(), 'keywright-prepared-'));
      const database = await startEmbeddedPostgres({ dataDir: this.prepared, log: () => undefined, settings: { fsync: 'off' } });
      await note(database.url);
      await database.stop();
    });
    afterAll(() => rm(this.prepared, { recursive: true }));
    beforeEach(async () => {
      this.around = await mkdtemp(join(tmpdir(), 'keywright-embedded-'));
      this.path = join(this.around, 'data');
      this.children = [];
    });
    afterEach(async () => {
      for (const child of this.children) child.kill('SIGKILL');
      await this.killPostgres();
      await rm(this.around, { recursive: true });
    });
  }

  get postgres(): PostgresFolder {
    return new PostgresFolder(this.path);
  }

  /** As after an earlier run, which left a note. */
  async usedBefore(): Promise<void> {
    await promisify(execFile)('cp', ['-a', this.prepared, this.path]);
  }

  /** In this process. Processes are killed here, machines are not. */
  start(log: (line: string) => void = () => undefined): Promise<EmbeddedPostgres> {
    return startEmbeddedPostgres({ dataDir: this.path, log, settings: { fsync: 'off' } });
  }

  /** In a process of its own. */
  user(): Promise<DatabaseUser> {
    return DatabaseUser.start(this.path, this.children);
  }

  postmaster(): ReturnType<typeof findPostmaster> {
    return findPostmaster(this.postgres);
  }

  async killPostgres(): Promise<void> {
    const postmaster = await this.postmaster();
    if (postmaster === null) return;
    process.kill(postmaster.pid, 'SIGKILL');
    await until(async () => (await this.postmaster()) === null);
  }
}

export async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(10);
}

export async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

export const note = (url: string) => query(url, 'CREATE TABLE note AS SELECT 42 AS answer');
export const noted = (url: string) => query(url, 'SELECT answer FROM note');
