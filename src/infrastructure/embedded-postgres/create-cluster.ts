import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { access, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import type { PostgresFolder } from './postgres-folder.js';
import type { PostgresProgram } from './postgres-program.js';

/** The superuser of the embedded database, and the only one. */
export const superuser = 'keywright';

const flags = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--auth=scram-sha-256', '--no-instructions'];

/** Milliseconds after which nobody works on a draft any more. */
const abandonedAfter = 60_000;

/**
 * Makes a new database cluster with a random password, unless there is one. It is made beside its place and moved there when it is whole, so a start that
 * is killed half-way leaves nothing that a later one could mistake for a database, and of two that come at once one gives way.
 */
export async function createCluster(folder: PostgresFolder, program: PostgresProgram, durable: boolean): Promise<void> {
  await removeAbandonedDrafts(folder);
  if (await hasCluster(folder)) return;
  const draft = folder.draft();
  try {
    await program.makeFolder(draft.home);
    await program.makeFolder(draft.cluster);
    await writeFile(draft.password, randomBytes(32).toString('base64url'), { mode: 0o600 });
    await program.own(draft.password);
    await initdb(draft, program, durable ? [] : ['--no-sync']);
    await rename(draft.home, folder.home);
  } catch (cause) {
    await rm(draft.home, { recursive: true, force: true });
    if (await hasCluster(folder)) return;
    throw cause instanceof EmbeddedPostgresError ? cause : program.failure('making its folder', (cause as Error).message, cause);
  }
}

/** Is there a cluster in the folder? Also one that may not be looked at: nobody makes another over it. */
export async function hasCluster({ home }: PostgresFolder): Promise<boolean> {
  return access(home).then(
    () => true,
    ({ code }: NodeJS.ErrnoException) => code !== 'ENOENT' && code !== 'ENOTDIR',
  );
}

async function initdb(draft: PostgresFolder, program: PostgresProgram, more: readonly string[]): Promise<void> {
  const args = [`--pgdata=${draft.cluster}`, `--username=${superuser}`, `--pwfile=${draft.password}`, ...flags, ...more];
  const child = program.spawn('initdb', args, ['ignore', 'ignore', 'pipe']);
  const complaint = child.stderr === null ? '' : text(child.stderr);
  const [code, signal] = await once(child, 'exit').catch((cause: Error) => {
    throw program.failure('initdb', cause.message, cause);
  });
  if (code !== 0) throw program.failure('initdb', (await complaint).trim().split('\n').at(-1) || `ended with ${signal ?? code}`);
}

/** Of starts that were killed half-way; one that is younger may still be at work. */
async function removeAbandonedDrafts({ dataDir, isDraft }: PostgresFolder): Promise<void> {
  for (const name of (await readdir(dataDir)).filter(isDraft)) {
    const path = join(dataDir, name);
    if (Date.now() - (await stat(path)).mtimeMs > abandonedAfter) await rm(path, { recursive: true, force: true });
  }
}
