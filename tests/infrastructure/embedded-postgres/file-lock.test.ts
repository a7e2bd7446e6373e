import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withFileLock } from '../../../src/infrastructure/embedded-postgres/file-lock.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keywright-lock-'));
});

afterEach(() => rm(folder, { recursive: true }));

test('lets one in at a time, everybody in the end, and leaves nothing behind', async () => {
  let inside = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++inside);
    await nextTurn();
    inside--;
  };
  await Promise.all(Array.from({ length: 20 }, () => withFileLock(join(folder, 'lock'), work)));
  expect(most).toBe(1);
  expect(await readdir(folder)).toEqual([]);
});

test('is released when the work fails', async () => {
  const lock = join(folder, 'lock');
  await expect(withFileLock(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await withFileLock(lock, async () => 'yes')).toBe('yes');
});

test('takes over the lock of a process that is gone', async () => {
  await writeFile(join(folder, 'lock'), '999999999 1 somebody');
  expect(await withFileLock(join(folder, 'lock'), async () => 'in')).toBe('in');
});

test('takes over a lock whose number belongs to a process that started since', async () => {
  await writeFile(join(folder, 'lock'), `${process.pid} 1 somebody`);
  expect(await withFileLock(join(folder, 'lock'), async () => 'in')).toBe('in');
});
