import type { Storage } from '../application/ports/storage.js';

/** A store that rules use, or why there is none: a runner says little of a hook that fails, so the rules say it. */
export class StoreSlot {
  private storage: Storage | null = null;
  private failure: unknown = new Error('the store is used before it was made');

  async open(make: () => Promise<Storage>): Promise<void> {
    try {
      this.storage = await make();
    } catch (failure) {
      this.failure = failure;
    }
  }

  async close(how: (storage: Storage) => Promise<void>): Promise<void> {
    const storage = this.storage;
    this.storage = null;
    if (storage) await how(storage);
  }

  get(): Storage {
    if (this.storage === null) throw this.failure;
    return this.storage;
  }
}
