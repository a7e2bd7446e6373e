import { randomBytes } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DataFolderError, makeDataFolder } from './data-folder.js';

/** Characters, as of a SECRET_KEY that is given. */
const shortest = 32;

/** Milliseconds in which whoever made the file has written it. */
const patience = 2000;

/**
 * The server's own key, made on the first start and kept in the data folder, readable by its owner only. Throws `DataFolderError`, also when it is too short to be
 * one: what was sealed under the whole one could not be opened, and nothing may be sealed under less.
 */
export async function keptSecretKey(dataDir: string): Promise<string> {
  const path = join(dataDir, 'secret-key');
  await makeDataFolder(dataDir);
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
  for (const deadline = Date.now() + patience; ; await pause(10)) {
    const key = (await readFile(path, 'utf8')).trim();
    if (key.length >= shortest) return key;
    if (Date.now() > deadline) throw new Error(`secret-key is shorter than ${shortest} characters: put the key back that was there, or remove the file`);
  }
}
