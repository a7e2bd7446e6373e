import type { LeavingStore, MoveSeen, MoveStage } from '../application/ports/moved-store.js';
import { closingAfter } from './close-all.js';
import type { StorageChoice } from './open-chosen.js';
import { openOwnLeft } from './open-left.js';
import { isOwnStorage } from './own-storage.js';
import { databaseMove } from './prisma/moving/database-move.js';
import { redisStores } from './redis-stores.js';
import { placeOf } from './store-place.js';

/** Of the store that STORAGE_FROM names. Throws `StorageUnavailable`, `StoreUnfit`, `MoveRefused`, `ModuleError`. */
export async function moveOfLeft(from: string, choice: StorageChoice): Promise<MoveSeen> {
  if (isOwnStorage(from)) {
    const { leaving, close } = await openOwnLeft(from, choice);
    return { store: 'left', stage: await closingAfter(() => stageOf(leaving), close) };
  }
  const stage = placeOf(from) === 'redis' ? await (await redisStores()).redisMove(from, choice.redisPrefix) : ((await databaseMove(from))?.stage ?? null);
  return { store: 'left', stage };
}

/** Of the chosen store: the database, and with codes and tokens in Redis that one. Throws `StorageUnavailable`. */
export async function moveOfChosen(databaseUrl: string, { storage, redisUrl, redisPrefix }: StorageChoice): Promise<MoveSeen> {
  const move = await databaseMove(databaseUrl);
  if (storage !== 'redis') return { store: 'chosen', stage: move?.stage ?? null };
  const tooEarly = move !== null && move.stage !== 'moved' && move.destination.startsWith('redis/');
  const { redisMove } = await redisStores();
  // A Redis that is away is found by writing to it.
  return { store: 'chosen', tooEarly, stage: await redisMove(redisUrl, redisPrefix).catch(() => null) };
}

/** Of a store of the team's own that is the chosen one. */
export async function moveOfOwn(leaving: LeavingStore | undefined): Promise<MoveSeen> {
  return { store: 'chosen', stage: leaving ? await stageOf(leaving) : null };
}

async function stageOf(leaving: LeavingStore): Promise<MoveStage | null> {
  return (await leaving.state())?.stage ?? null;
}
