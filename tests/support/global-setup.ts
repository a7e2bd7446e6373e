import { mkdtemp, readdir, rm } from 'node:fs/promises';
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

/** Names the folder of this run's PostgreSQL. The first `testDatabase()` starts it, so that a run without one does not pay for it; the end of the run removes it. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers();
  const folder = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  provide('postgresFolder', folder);
  return () => remove(folder);
}

/** Of runs that were killed before their end. */
async function removeLeftovers(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix));
  const dead = names.filter((name) => !lives(Number(name.slice(prefix.length).split('-')[0])));
  await Promise.allSettled(dead.map((name) => remove(join(tmpdir(), name))));
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
  } catch {
    return false;
  }
}
