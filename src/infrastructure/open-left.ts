import type { LeavingStore, MoveState } from '../application/ports/moved-store.js';
import type { Storage } from '../application/ports/storage.js';
import { closeAll } from './close-all.js';
import { createMovingStorage } from './moving/create-moving-storage.js';
import { MoveRefused } from './moving/move-refused.js';
import type { MovePhase } from './moving/phase-watch.js';
import { type Opened, openOwn, type StorageChoice } from './open-chosen.js';
import { isOwnStorage, type OwnStorage } from './own-storage.js';
import { createPrismaStorage } from './prisma/create-prisma-storage.js';
import { migrate } from './prisma/migrate.js';
import { phaseReader } from './prisma/moving/read-phase.js';
import { stayingInItsSchema } from './prisma/staying-in-its-schema.js';
import { redisStores } from './redis-stores.js';
import { placeOf } from './store-place.js';

/** The store made of the one that is left and the chosen one, which decides what the old one does not decide any more. */
export async function movingFrom(from: string, next: Storage, choice: LeftChoice): Promise<Storage> {
  const { old, phase, stop } = await openLeft(from, choice);
  const moving = createMovingStorage({ old, new: next, readPhase: phase.read });
  return {
    ...moving,
    close: () =>
      closeAll(
        () => moving.close(),
        () => phase.close(),
        stop,
      ),
  };
}

/** What must be known to open a store that is left. */
type LeftChoice = Pick<StorageChoice, 'databaseUrl' | 'databasePoolSize' | 'redisPrefix' | 'dataDir' | 'ifNotMade' | 'stopped'>;

interface LeftStore {
  readonly old: Storage;
  readonly phase: { read(): Promise<MovePhase>; close(): Promise<void> };
  stop(): Promise<void>;
}

interface OwnLeft extends Omit<Opened, 'storage'> {
  readonly old: Storage;
  readonly leaving: LeavingStore;
}

async function openLeft(from: string, choice: LeftChoice): Promise<LeftStore> {
  const { databaseUrl, databasePoolSize: poolSize, redisPrefix, stopped } = choice;
  const stop = async () => {};
  if (isOwnStorage(from)) {
    const { old, leaving, stop: stopOwn } = await openOwnLeft(from, choice);
    return { old, phase: { read: async () => phaseOf(await leaving.state()), close: async () => {} }, stop: stopOwn };
  }
  if (placeOf(from) === 'redis') {
    const { createRedisStorage, redisPhaseReader } = await redisStores();
    const lasting = createPrismaStorage({ databaseUrl: await stayingInItsSchema(databaseUrl ?? ''), poolSize, beside: 'redis' });
    return { old: createRedisStorage({ redisUrl: from, keyPrefix: redisPrefix, lasting, leaving: true }), phase: redisPhaseReader(from, redisPrefix), stop };
  }
  const left = await stayingInItsSchema(from);
  await migrate({ databaseUrl: left, stopped });
  return { old: createPrismaStorage({ databaseUrl: left, poolSize, leaving: true }), phase: phaseReader(left), stop };
}

/** A store of the team's own that is left. Throws `MoveRefused` where it cannot be. */
export async function openOwnLeft(from: OwnStorage, { databasePoolSize, dataDir, ifNotMade, stopped }: LeftChoice): Promise<OwnLeft> {
  const { storage: old, ...own } = await openOwn(from, {
    storage: from,
    databaseUrl: null,
    databaseDirectUrl: null,
    databasePooled: false,
    databasePoolSize,
    dataDir,
    ifNotMade,
    stopped,
  });
  if (old.leaving !== undefined) return { old, leaving: old.leaving, ...own };
  await own.close();
  throw new MoveRefused(`the store of ${from} cannot be left while servers use it: it has no leaving`);
}

function phaseOf(state: MoveState | null): MovePhase {
  return state?.stage === 'moved' ? 'new' : state?.stage === 'held' ? 'held' : 'old';
}
