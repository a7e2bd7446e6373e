import type { Storage } from '../application/ports/storage.js';
import { afterAll, beforeAll } from './runner.js';
import type { StorageHarness } from './storage-harness.js';
import { StoreSlot } from './store-slot.js';

export interface TwoStores {
  one(): Storage;
  other(): Storage;
}

/** Two stores for all the rules of a contract, of which the second is opened, and closed, by what is given. */
export function twoStores(harness: StorageHarness, open: (one: Storage) => Promise<Storage>, close: (other: Storage) => Promise<void>): TwoStores {
  const [one, other] = [new StoreSlot(), new StoreSlot()];
  beforeAll(async () => {
    await one.open(() => harness.create());
    await other.open(async () => open(one.get()));
  });
  afterAll(async () => {
    await other.close(close);
    await one.close((storage) => harness.destroy(storage));
  });
  return { one: () => one.get(), other: () => other.get() };
}
