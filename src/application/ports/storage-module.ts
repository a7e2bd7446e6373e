import type { Storage } from './storage.js';

/** What a module that STORAGE names is given to make its store from. */
export interface StorageSurroundings {
  /** The environment, for the module's own settings. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder for data on this machine (DATA_DIR). */
  readonly dataDir: string;
  /**
   * The PostgreSQL that Keywright would use without the module, up to date: for a store that keeps some things elsewhere and leaves the rest there. Opened when it
   * is asked for, once; whoever takes it closes it in its own `close`.
   */
  openPostgres(): Promise<Storage>;
}

/** What a module that STORAGE names exports. */
export interface StorageModule {
  /** Makes the store and brings it up to date; called once for each process. What it throws stops the start. */
  createStorage(surroundings: StorageSurroundings): Storage | Promise<Storage>;
}
