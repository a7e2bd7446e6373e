import type { Storage } from '../application/ports/storage.js';

/** How the contract comes by a store of one adapter. */
export interface StorageHarness {
  /** A store that holds nothing yet and shares nothing with any other. */
  create(): Promise<Storage>;
  /** Closes the store and removes what it kept. */
  destroy(storage: Storage): Promise<void>;
}
