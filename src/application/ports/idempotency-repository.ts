/** One attempt at a creation that named an Idempotency-Key. */
export interface IdempotentRun {
  /** The digest of the key and of whose it is. */
  readonly id: Uint8Array;
  /** The digest of what was asked. */
  readonly fingerprint: Uint8Array;
  readonly at: Date;
  /** From then on a run that was not finished counts as dead, and the key is free. */
  readonly expiresAt: Date;
}

/**
 * - `fresh`: nobody holds the key, or what held it is over at `at`; of any number of calls at once exactly one is told so, and is to do it.
 * - `running`: the same was begun and is not finished.
 * - `done`: this was answered to the same.
 * - `other_request`: the key is held by a run with another fingerprint.
 */
export type IdempotentBeginning =
  | { readonly outcome: 'fresh' }
  | { readonly outcome: 'running' }
  | { readonly outcome: 'done'; readonly sealedAnswer: Uint8Array }
  | { readonly outcome: 'other_request' };

/** What was answered to creations that named an Idempotency-Key. Any verb may throw `StorageUnavailable`. */
export interface IdempotencyRepository {
  /** Takes the key, in one atomic step. */
  begin(run: IdempotentRun): Promise<IdempotentBeginning>;
  /** Keeps the answer until `expiresAt`. The first answer stays; what was never begun gets none. */
  finish(id: Uint8Array, sealedAnswer: Uint8Array, expiresAt: Date): Promise<void>;
  /** Frees the key of a run that came to nothing. An answer stays; forgetting what is not there is no error. */
  forget(id: Uint8Array): Promise<void>;
}
