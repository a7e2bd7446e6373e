import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** Why DATA_DIR cannot be used, in one line for the operator. */
export class DataFolderError extends Error {
  constructor(folder: string, cause: unknown) {
    super(`DATA_DIR ${folder} cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.name = 'DataFolderError';
  }
}

/** Makes the folder and those above it where they are missing, for its owner only. Throws `DataFolderError`. */
export async function makeDataFolder(folder: string): Promise<void> {
  try {
    await make(resolve(folder));
  } catch (cause) {
    throw new DataFolderError(folder, cause);
  }
}

/** Not `recursive: true`: where a file system takes no folders (/proc), Node.js would try for ever. */
async function make(folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  if (dirname(folder) !== folder) await make(dirname(folder));
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    // Another instance that starts at the same moment may have made it.
    if (!(await isFolder(folder))) throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}
