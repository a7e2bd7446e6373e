import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { DataFolderError } from './data-folder.js';

/** Something that the first start makes is not in the data folder yet, and was not to be made. */
export class NotMadeYet extends Error {
  constructor(what: 'database' | 'secret key', folder: string) {
    super(`there is no ${what} in ${folder}`);
    this.name = 'NotMadeYet';
  }
}

/** What whoever may not make it is refused with: `NotMadeYet`, or `DataFolderError` where no start could make it either, because the place is taken by a file. */
export async function notMadeYet(what: 'database' | 'secret key', dataDir: string): Promise<Error> {
  const folder = resolve(dataDir);
  const there = await stat(folder).catch(() => null);
  return there?.isDirectory() === false ? new DataFolderError(dataDir, new Error('it is not a folder')) : new NotMadeYet(what, folder);
}
