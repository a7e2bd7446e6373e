import type { Storage } from '../application/ports/storage.js';

/** How the contract comes by a store of one adapter. */
export interface StorageHarness {
  /** A store that holds nothing yet and shares nothing with any other. Called about a hundred times, one after the other. */
  create(): Promise<Storage>;
  /** Closes the store and removes what it kept. */
  destroy(storage: Storage): Promise<void>;
  /**
   * For a store that forgets by itself what is dead, where others are told to by `purge`: how to make one that does so soon, `after` milliseconds after the
   * end of what a record lives.
   */
  readonly forgetful?: { create(): Promise<Storage>; readonly after: number };
  /** Another instance on what `storage` keeps, as a second server would open it; the kit closes it. Left out, the store is not said to serve several instances. */
  openAgain?(storage: Storage): Promise<Storage>;
  /**
   * Closes `storage` and opens what it keeps anew, as a server does that is started again; what comes back is closed by `destroy`. Where `openAgain` is given it is
   * not needed. Both left out, it is not examined whether anything is still there.
   */
  reopen?(storage: Storage): Promise<Storage>;
  /** The store can be moved to (it has `arriving`), left (it has `leaving`), or both (`true`), while servers use it. */
  readonly moves?: boolean | 'arriving' | 'leaving';
  /**
   * Makes the `nth` write from now on fail, counted from 1: it throws and changes nothing, every other goes through. The function that comes back ends that,
   * and says whether the write came. Left out, it is not examined what a failure between two writes leaves behind.
   */
  failWrite?(storage: Storage, nth: number): () => boolean;
  /**
   * Takes what `storage` is kept in away, as a server does that hangs, or a network that swallows everything; the function that comes back brings it back. Left
   * out, it is not examined whether verbs throw `StorageUnavailable`, and in time.
   */
  away?(storage: Storage): Promise<() => Promise<void>>;
}
