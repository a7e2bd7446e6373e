import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { DataFolderError } from '../../src/infrastructure/data-folder.js';
import { isSecretKeyKept, keptSecretKey } from '../../src/infrastructure/secret-key.js';

let dataDir: string;
let path: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'keywright-secret-key-'));
  path = join(dataDir, 'secret-key');
});
afterEach(() => rm(dataDir, { recursive: true }));

it('is made once, of 256 random bits, for its owner only, and is the same from then on', async () => {
  const key = await keptSecretKey(dataDir);
  expect(Buffer.from(key, 'base64url')).toHaveLength(32);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect([await keptSecretKey(dataDir), await readFile(path, 'utf8')]).toEqual([key, key]);
});

it('is one and the same for all that start at once', async () => {
  const keys = await Promise.all(Array.from({ length: 20 }, () => keptSecretKey(dataDir)));
  expect(new Set(keys)).toEqual(new Set([await readFile(path, 'utf8')]));
});

it('is waited for while another process has made the file and not written it yet', async () => {
  await writeFile(path, '');
  const waiting = keptSecretKey(dataDir);
  const key = 'k'.repeat(43);
  await writeFile(path, `${key}\n`);
  expect(await waiting).toBe(key);
});

it('is waited for as long though the clock is set ahead meanwhile', async () => {
  await writeFile(path, '');
  const wall = vi.spyOn(Date, 'now').mockReturnValueOnce(0);
  onTestFinished(() => wall.mockRestore());
  const waiting = keptSecretKey(dataDir);
  await pause(50);
  await writeFile(path, 'k'.repeat(43));
  expect(await waiting).toBe('k'.repeat(43));
});

it('may be one that the operator put there, and is left as it is', async () => {
  await writeFile(path, 'a key of the operator, long enough\n');
  expect(await keptSecretKey(dataDir)).toBe('a key of the operator, long enough');
});

it.each(['', 'abc', 'k'.repeat(31), ' '.repeat(40), '\0'.repeat(43)])('is refused, and not replaced, when it was cut: %j', async (cut) => {
  await writeFile(path, cut);
  const refused = await keptSecretKey(dataDir).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(DataFolderError);
  expect(String(refused)).toContain('secret-key is shorter than 32 characters');
  expect(await readFile(path, 'utf8')).toBe(cut);
});

it.each([
  ['a pipe, which nobody may ever write to', async () => void execFileSync('mkfifo', [path])],
  ['a folder', () => mkdir(path)],
])('is refused when it is %s', async (_, make) => {
  await make();
  await expect(keptSecretKey(dataDir)).rejects.toThrow(new DataFolderError(dataDir, new Error('secret-key is not a file')));
});

it('is not taken for one that was never made where nobody can look', async () => {
  await symlink(path, path);
  await expect(keptSecretKey(dataDir, 'refuse')).rejects.toThrow(DataFolderError);
  expect(isSecretKeyKept(dataDir)).toBe(true);
});
