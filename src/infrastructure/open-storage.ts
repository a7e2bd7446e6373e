import type { Storage } from '../application/ports/storage.js';
import { closeAll, closingAfter } from './close-all.js';
import { hasCluster } from './embedded-postgres/create-cluster.js';
import { PostgresFolder } from './embedded-postgres/postgres-folder.js';
import { broughtUpToDate, type Log, openChosen, openDatabase, openOwn, type StorageChoice } from './open-chosen.js';
import { movingFrom } from './open-left.js';
import { isOwnStorage } from './own-storage.js';

/** Opens the chosen store, brings it up to date, and hands out its repositories. Throws `StorageUnavailable` when it cannot be reached. */
export async function openStorage(choice: StorageChoice, log?: Log): Promise<{ storage: Storage; close: () => Promise<void> }> {
  const chosen = await openChosen(choice, log);
  if (!choice.storageFrom) return chosen;
  try {
    const storage = await movingFrom(choice.storageFrom, chosen.storage, choice);
    return { storage, close: () => closeAll(() => storage.close(), chosen.stop) };
  } catch (error) {
    await chosen.close().catch(() => undefined);
    throw error;
  }
}

/** Whether the chosen store lies in the PostgreSQL that comes along. */
export function isEmbedded({ storage, databaseUrl }: Pick<StorageChoice, 'storage' | 'databaseUrl'>): boolean {
  return (storage === 'postgresql' || storage === 'redis') && databaseUrl === null;
}

/** Whether opening the chosen store would make its database, so that nobody and nothing is there yet. */
export async function makesDatabase(choice: StorageChoice): Promise<boolean> {
  return isEmbedded(choice) && !choice.storageFrom && !(await hasCluster(new PostgresFolder(choice.dataDir)));
}

/**
 * Brings the chosen store up to date and leaves it; answers the names of the migrations that were applied. A module of the team's own does so when it opens its
 * store, and says nothing of it: `byModule`.
 */
export async function migrateStore(choice: StorageChoice, log?: Log): Promise<{ applied: readonly string[]; byModule?: true }> {
  if (choice.storage === 'memory') return { applied: [] };
  if (isOwnStorage(choice.storage)) {
    await (await openOwn(choice.storage, choice, log)).close();
    return { applied: [], byModule: true };
  }
  const database = await openDatabase(choice, log);
  const { applied } = await closingAfter(() => broughtUpToDate(database.url, choice, log), database.stop);
  return { applied };
}
