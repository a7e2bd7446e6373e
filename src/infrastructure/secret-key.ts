import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { IfNotMade } from '../application/operations/if-not-made.js';
import { shortestSecretKey } from '../domain/secret-key.js';
import { DataFolderError, makeDataFolder } from './data-folder.js';
import { notMadeYet } from './not-made-yet.js';

/** What a file has in place of what was to be written when the power failed. */
const unwritten = /\0/;

/** Milliseconds in which whoever made the file has written it. */
const patience = 2000;

const inFolder = (dataDir: string) => join(dataDir, 'secret-key');

/** Also where the folder may not be entered: there may be one, and whoever reads it is told. Not where it is a file. */
export function isSecretKeyKept(dataDir: string): boolean {
  try {
    return statSync(inFolder(dataDir), { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOTDIR';
  }
}

/**
 * The server's own key, made on the first start and kept in the data folder, readable by its owner only. Throws `NotMadeYet` where it is not to be made, and
 * `DataFolderError`, also when it is too short to be one: what was sealed under the whole one could not be opened, and nothing may be sealed under less.
 */
export async function keptSecretKey(dataDir: string, ifNotMade: IfNotMade = 'make'): Promise<string> {
  if (ifNotMade === 'refuse' && !isSecretKeyKept(dataDir)) throw await notMadeYet('secret key', dataDir);
  await makeDataFolder(dataDir);
  const path = inFolder(dataDir);
  try {
    return (await made(path)) ?? (await written(path));
  } catch (error) {
    throw new DataFolderError(dataDir, error);
  }
}

/** `null`: it is there already. Of several first starts at once exactly one makes it. */
async function made(path: string): Promise<string | null> {
  const key = randomBytes(32).toString('base64url');
  try {
    await writeFile(path, key, { mode: 0o600, flag: 'wx', flush: true });
    return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return null;
    // What a full disk has left of it.
    await rm(path, { force: true });
    throw error;
  }
}

async function written(path: string): Promise<string> {
  // A pipe would be waited for without end.
  if (!(await stat(path)).isFile()) throw new Error('secret-key is not a file');
  for (const deadline = performance.now() + patience; ; await pause(10)) {
    const key = (await readFile(path, 'utf8')).trim();
    if (key.length >= shortestSecretKey && !unwritten.test(key)) return key;
    if (performance.now() > deadline)
      throw new Error(
        `secret-key is shorter than ${shortestSecretKey} characters, or has others than a key: put the key back that was there, or remove the file`,
      );
  }
}
