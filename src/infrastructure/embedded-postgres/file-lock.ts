import { randomUUID } from 'node:crypto';
import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Runs `work` while no other process of this machine runs it under the same path. The lock of a process that died is taken over.
 * Two processes that take over the same dead lock at one moment can, rarely, both come in: what must never happen twice needs an arbiter of its own.
 */
export async function withFileLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const mine = `${process.pid} ${await startOf(process.pid)} ${randomUUID()}`;
  const draft = `${path}.${randomUUID()}`;
  // Written first and linked then, so that nobody ever reads a lock without its owner.
  await writeFile(draft, mine, { mode: 0o600 });
  try {
    while (!(await linked(draft, path))) {
      const holder = await contentOf(path);
      if (holder !== null && !(await lives(holder))) await removeLock(path, holder);
      else await pause(20);
    }
  } finally {
    await unlink(draft);
  }
  try {
    return await work();
  } finally {
    if ((await contentOf(path)) === mine) await unlink(path);
  }
}

async function linked(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves the lock aside before it is deleted, because between reading and deleting somebody else may have taken it over. */
async function removeLock(path: string, expected: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if ((await contentOf(aside)) !== expected) await linked(aside, path);
  await unlink(aside);
}

async function contentOf(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}

async function lives(holder: string): Promise<boolean> {
  const [pid, start] = holder.split(' ');
  return start !== 'gone' && (await startOf(Number(pid))) === start;
}

/** When a process started, so that a number which was given to another program since does not pass for it; `gone` when there is none. */
async function startOf(pid: number): Promise<string> {
  if (process.platform === 'linux') {
    const stat = await contentOf(`/proc/${pid}/stat`);
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields === undefined || fields[0] === 'Z' ? 'gone' : (fields[19] ?? 'gone');
  }
  try {
    process.kill(pid, 0);
    return 'alive';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? 'alive' : 'gone';
  }
}
