import { isOwnStorage } from './own-storage.js';

export type StorePlace = 'postgresql' | 'redis' | 'own';

/** What kind of store an address of STORAGE_FROM, or of a move, names. */
export function placeOf(address: string): StorePlace {
  if (isOwnStorage(address)) return 'own';
  return /^(rediss?|unix):/.test(address) ? 'redis' : 'postgresql';
}
