import { chmod, mkdtemp, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { TestProject } from 'vitest/node';
import { PostgresFolder } from '../../src/infrastructure/embedded-postgres/postgres-folder.js';
import { findPostmaster } from '../../src/infrastructure/embedded-postgres/postmaster.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the PostgreSQL of this run lives, once the first test asks for a database. */
    readonly postgresFolder: string;
  }
}

const prefix = 'keywright-test-';
/** Type of a file system in memory, as Linux calls it (TMPFS_MAGIC). */
const tmpfs = 0x01021994;
/** Bytes that a run may take at a time; 300 MB were the most that was seen. */
const room = 4 * 1024 ** 3;

/**
 * One folder for all that a run writes, removed at its end. Tests make databases and data folders by the hundred, of 300 files each, and a file takes a disk fifty
 * times as long to make as memory does: where there is a file system in memory with room, the folder is there. The PostgreSQL in it starts with the first
 * `testDatabase()`, so that a run without one does not pay for it.
 */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const memory = '/dev/shm';
  await Promise.all([memory, tmpdir()].map(removeLeftovers));
  const around = (await hasRoom(memory)) ? memory : tmpdir();
  const folder = await mkdtemp(join(around, `${prefix}${process.pid}-`));
  // As /tmp is: PostgreSQL runs as a user of its own where tests run as root.
  await chmod(folder, 0o1777);
  process.env.TMPDIR = folder;
  provide('postgresFolder', folder);
  return () => remove(folder);
}

async function hasRoom(folder: string): Promise<boolean> {
  const { type, bavail, bsize } = await statfs(folder).catch(() => ({ type: 0, bavail: 0, bsize: 0 }));
  return type === tmpfs && bavail * bsize >= room;
}

/** Of runs that were killed before their end. */
async function removeLeftovers(around: string): Promise<void> {
  const names = (await readdir(around).catch(() => [])).filter((name) => name.startsWith(prefix));
  const dead = names.filter((name) => !lives(Number(name.slice(prefix.length).split('-')[0])));
  await Promise.allSettled(dead.map((name) => remove(join(around, name))));
}

async function remove(folder: string): Promise<void> {
  const home = new PostgresFolder(folder);
  const postmaster = await findPostmaster(home);
  if (postmaster !== null) process.kill(postmaster.pid, 'SIGQUIT');
  while (postmaster !== null && (await findPostmaster(home)) !== null) await pause(10);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's is alive, too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
