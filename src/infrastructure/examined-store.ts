import type { MoveSeen } from '../application/ports/moved-store.js';
import { moveOfChosen, moveOfLeft, moveOfOwn } from './examined-move.js';
import { openDatabase, openOwn, type StorageChoice } from './open-chosen.js';
import { isOwnStorage } from './own-storage.js';
import { databaseFigures } from './prisma/database-figures.js';
import { letIn } from './prisma/let-in.js';
import { pendingMigrations } from './prisma/migrate-pending.js';

/** The chosen store as it is, not migrated, for the one who examines it. */
export async function examinedStore(choice: StorageChoice) {
  if (choice.storage === 'memory') return { ping: async () => {}, pendingMigrations: async () => [], close: async () => {} };
  const { storageFrom } = choice;
  const moveOr = (ofChosen: () => Promise<MoveSeen>) => () => (storageFrom ? moveOfLeft(storageFrom, choice) : ofChosen());
  if (isOwnStorage(choice.storage)) {
    const { storage, close } = await openOwn(choice.storage, choice);
    return { ping: () => storage.ping(), pendingMigrations: async () => [], move: moveOr(() => moveOfOwn(storage.leaving)), close };
  }
  const database = await openDatabase(choice);
  const { databaseDirectUrl, databasePooled: pooled } = choice;
  const direct = databaseDirectUrl ?? database.url;
  return {
    ping: async () => void (await letIn({ databaseUrl: database.url, databaseDirectUrl, pooled })),
    pendingMigrations: () => pendingMigrations(direct),
    figures: async () => {
      const figures = await databaseFigures(direct);
      // A pooler in between is there to have more.
      return databaseDirectUrl === null ? figures : { ...figures, connectionsAllowed: null };
    },
    move: moveOr(() => moveOfChosen(direct, choice)),
    close: database.stop,
  };
}
