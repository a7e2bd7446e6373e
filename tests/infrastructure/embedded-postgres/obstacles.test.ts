import { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EmbeddedPostgresError } from '../../../src/infrastructure/embedded-postgres/embedded-postgres-error.js';
import { launchPostmaster } from '../../../src/infrastructure/embedded-postgres/launch-postmaster.js';
import { startEmbeddedPostgres } from '../../../src/infrastructure/embedded-postgres/start-embedded-postgres.js';
import { DataFolder } from './data-folder.js';

const data = new DataFolder();

describe('the embedded PostgreSQL', () => {
  test('starts although its pid file names a process that is something else by now', async () => {
    await data.usedBefore();
    const first = await data.user();
    await first.killHard();
    await data.killPostgres();
    const pidFile = join(data.postgres.cluster, 'postmaster.pid');
    const [, ...rest] = (await readFile(pidFile, 'utf8')).split('\n');
    await writeFile(pidFile, [process.pid, ...rest].join('\n'));

    expect((await data.user()).started).toBe(true);
  });

  test('starts although its lock names a process that is gone', async () => {
    await data.usedBefore();
    await writeFile(data.postgres.lock, '999999999 1 gone');
    expect((await data.user()).started).toBe(true);
  });

  test('moves to another port when its own is taken', async () => {
    await data.usedBefore();
    const first = await data.start();
    await first.stop();
    const port = Number(new URL(first.url).port);
    const squatter = createServer().listen(port, '127.0.0.1');
    await once(squatter, 'listening');
    const second = await data.start();
    expect(new URL(second.url).port).not.toBe(String(port));
    await second.stop();
    squatter.close();
  });

  test('says who holds the folder when a PostgreSQL there refuses us', async () => {
    await data.usedBefore();
    const first = await data.user();
    await writeFile(data.postgres.password, 'another');
    const { pid } = (await data.postmaster()) ?? {};
    await expect(data.start()).rejects.toThrow(`PostgreSQL process ${pid} holds ${data.postgres.home}`);
    await first.leave();
  });

  test('makes nothing anew where a database was emptied, and says what to do', async () => {
    await data.usedBefore();
    await rm(data.postgres.cluster, { recursive: true });
    await expect(data.start()).rejects.toThrow(`${data.postgres.home} is no whole database`);
    expect(await readdir(data.postgres.home)).not.toContain('cluster');
  });

  test('says in one line why a folder cannot be used', async () => {
    await writeFile(join(data.around, 'file'), '');
    await expect(startEmbeddedPostgres({ dataDir: join(data.around, 'file'), log: () => undefined })).rejects.toThrow(/^DATA_DIR .*file.* cannot be used/);
  });

  test('says so when the data was written by another version of PostgreSQL', async () => {
    await data.usedBefore();
    const first = await data.start();
    await first.stop();
    await writeFile(join(data.postgres.cluster, 'PG_VERSION'), '17\n');
    await expect(data.start()).rejects.toThrow(/database files are incompatible.*version 17/);
  });

  test('says so when PostgreSQL has ended before anybody could wait for it', async () => {
    await data.usedBefore();
    const spawn = () => {
      const child = Object.assign(new ChildProcess(), { exitCode: 1 });
      process.nextTick(() => child.emit('exit', 1, null));
      return child;
    };
    const failure = (step: string, detail: string) => new EmbeddedPostgresError(`${step}: ${detail}`);
    await expect(launchPostmaster(data.postgres, { spawn, failure }, 1, {})).rejects.toThrow(/^postgres: ended with 1/);
  });
});
