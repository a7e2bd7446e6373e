import { randomBytes } from 'node:crypto';
import { access, rename, rm, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { PostgresFolder } from './postgres-folder.js';
import type { PostgresProgram } from './postgres-program.js';

/** The superuser of the embedded database, and the only one. */
export const superuser = 'keywright';

const flags = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--auth=scram-sha-256', '--no-instructions'];

/**
 * Makes a new database cluster with a random password, unless there is one. It is made beside its place and moved there when it is whole, so a start that
 * is killed half-way leaves nothing that a later one could mistake for a database, and of two that come at once one gives way.
 */
export async function createCluster(folder: PostgresFolder, program: PostgresProgram, durable: boolean): Promise<void> {
  if (await exists(folder.home)) return;
  const draft = folder.draft();
  try {
    await program.makeFolder(draft.home);
    await program.makeFolder(draft.cluster);
    await writeFile(draft.password, randomBytes(32).toString('base64url'), { mode: 0o600 });
    await program.own(draft.password);
    await initdb(draft, program, durable ? [] : ['--no-sync']);
    await rename(draft.home, folder.home);
  } catch (error) {
    await rm(draft.home, { recursive: true, force: true });
    if (!(await exists(folder.home))) throw error;
  }
}

async function initdb(draft: PostgresFolder, program: PostgresProgram, more: readonly string[]): Promise<void> {
  const args = [`--pgdata=${draft.cluster}`, `--username=${superuser}`, `--pwfile=${draft.password}`, ...flags, ...more];
  const child = program.spawn('initdb', args, ['ignore', 'ignore', 'pipe']);
  const ended = new Promise<string | null>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(code === 0 ? null : `ended with ${signal ?? code}`));
  });
  const [failure, complaint] = await Promise.all([ended, child.stderr === null ? '' : text(child.stderr)]);
  if (failure !== null) throw program.failure('initdb', complaint.trim().split('\n').at(-1) || failure);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
