import type { Storage } from '../application/ports/storage.js';
import { afterAll, beforeAll } from './runner.js';
import type { StorageHarness } from './storage-harness.js';

export interface TwoStores {
  one(): Storage;
  other(): Storage;
}

/** Two stores for all the rules of a contract, of which the second is opened, and closed, by what is given. */
export function twoStores(harness: StorageHarness, open: (one: Storage) => Promise<Storage>, close: (other: Storage) => Promise<void>): TwoStores {
  let [one, other]: [Storage, Storage] = [undefined as never, undefined as never];
  beforeAll(async () => {
    one = await harness.create();
    other = await open(one);
  });
  afterAll(async () => {
    await close(other);
    await harness.destroy(one);
  });
  return { one: () => one, other: () => other };
}
