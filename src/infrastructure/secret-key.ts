import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataFolderError, makeDataFolder } from './data-folder.js';

/** The server's own key, made on the first start and kept in the data folder, readable by its owner only. */
export async function keptSecretKey(dataDir: string): Promise<string> {
  const path = join(dataDir, 'secret-key');
  await makeDataFolder(dataDir);
  try {
    // `wx`: of several first starts at once exactly one writes; the others read.
    await writeFile(path, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw new DataFolderError(dataDir, error);
  }
  return (await readFile(path, 'utf8')).trim();
}
