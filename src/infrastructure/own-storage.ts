import { setTimeout } from 'node:timers/promises';
import { missingVerbs } from '../application/ports/missing-verbs.js';
import type { Storage } from '../application/ports/storage.js';
import type { StorageModule, StorageSurroundings } from '../application/ports/storage-module.js';
import { StorageUnavailable } from '../application/ports/storage-unavailable.js';
import { StoreUnfit } from '../application/ports/store-unfit.js';
import { firstLine, loadFunction, ModuleError } from './load-module.js';
import { NotMadeYet } from './not-made-yet.js';
import { ToldToStop } from './told-to-stop.js';

/** A path to a module of the team's own. */
export type OwnStorage = `.${string}` | `/${string}`;

/** Milliseconds that a store which is refused has for closing. */
const closingTime = 3000;

export const isOwnStorage = (storage: string): storage is OwnStorage => /^\.{0,2}\//.test(storage);

/** The store that a module of the team's own makes. Throws `ModuleError`, and what the module was told of the database that it asked for: `StorageUnavailable`, `StoreUnfit`, `NotMadeYet`, `ToldToStop`. */
export async function openOwnStorage(path: OwnStorage, surroundings: StorageSurroundings): Promise<Storage> {
  const createStorage = (await loadFunction('STORAGE', path, 'createStorage')) as StorageModule['createStorage'];
  const storage = await made(path, () => createStorage(surroundings));
  const missing = missingVerbs(storage);
  if (missing.length === 0) return storage;
  await closeRefused(storage);
  throw new ModuleError(`what createStorage of STORAGE ${path} made is no store: it has no ${missing.join(', ')}`);
}

/** Or its connections would keep the process from ending. It is told of what is missing, whatever comes of this. */
async function closeRefused(storage: Partial<Storage> | null | undefined): Promise<void> {
  if (typeof storage?.close !== 'function') return;
  const { close } = storage;
  const closed = new AbortController();
  const closing = (async () => close.call(storage))().catch(() => undefined);
  await Promise.race([closing, setTimeout(closingTime, undefined, closed)]);
  closed.abort();
}

async function made(path: OwnStorage, make: () => Storage | Promise<Storage>): Promise<Storage> {
  try {
    return await make();
  } catch (cause) {
    if ([StorageUnavailable, StoreUnfit, NotMadeYet, ToldToStop].some((kind) => cause instanceof kind)) throw cause;
    throw new ModuleError(`createStorage of STORAGE ${path} failed: ${firstLine(cause)}`, { cause });
  }
}
