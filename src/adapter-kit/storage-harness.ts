import type { Storage } from '../application/ports/storage.js';

/** How the contract comes by a store of one adapter. */
export interface StorageHarness {
  /** A store that holds nothing yet and shares nothing with any other. */
  create(): Promise<Storage>;
  /** Closes the store and removes what it kept. */
  destroy(storage: Storage): Promise<void>;
  /**
   * For a store that forgets by itself what is dead, where others are told to by `purge`: how to make one that does so soon, `after` milliseconds after the
   * end of what a record lives.
   */
  readonly forgetful?: { create(): Promise<Storage>; readonly after: number };
}
