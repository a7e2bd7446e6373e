import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds after which a lock is taken for forgotten, whoever has its owner's number by now. */
const forgotten = 120_000;

/**
 * Runs `work` while no other process does. A lock whose owner is gone is removed.
 * @param {string} lock path of the lock file
 * @param {() => Promise<void>} work
 */
export async function alone(lock, work) {
  while (!(await taken(lock))) {
    if (!(await ownerLives(lock))) await rm(lock, { force: true });
    else await pause(100);
  }
  try {
    await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function taken(lock) {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

async function ownerLives(lock) {
  const [pid, modified] = await Promise.all([readFile(lock, 'utf8'), stat(lock)]).then(
    ([content, { mtimeMs }]) => [Number(content), mtimeMs],
    () => [0, 0],
  );
  if (Date.now() - modified > forgotten || pid === process.pid) return false;
  try {
    // An empty lock is one that its owner is about to sign; signal 0 to process 0 always succeeds.
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
