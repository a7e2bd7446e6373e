export interface KeyedRequest {
  /** The digest of the key and of whoever chose it. */
  readonly id: Uint8Array;
  /** The digest of what was asked. */
  readonly fingerprint: Uint8Array;
  readonly at: Date;
  /** Until then it counts as running; when the process died meanwhile, the same key begins anew. */
  readonly runningUntil: Date;
}

/**
 * - `begun`: nobody has this key, or what it named has expired; this call, and no other at the same moment, is to do it.
 * - `running`: begun with the same request, and not finished.
 * - `finished`: this was answered to the same request.
 * - `other_request`: the key belongs to a request with another fingerprint.
 */
export type KeyedOutcome =
  | { readonly outcome: 'begun' }
  | { readonly outcome: 'running' }
  | { readonly outcome: 'finished'; readonly sealedAnswer: Uint8Array }
  | { readonly outcome: 'other_request' };

/** What was answered to requests that named an Idempotency-Key. Any verb may throw `StorageUnavailable`. */
export interface IdempotencyRepository {
  /** Takes the key for this request, in one atomic step. */
  begin(request: KeyedRequest): Promise<KeyedOutcome>;
  /** Keeps the answer until `expiresAt`. Finishing what was forgotten is no error, and keeps nothing. */
  finish(id: Uint8Array, sealedAnswer: Uint8Array, expiresAt: Date): Promise<void>;
  /** Nothing came of it: the key is free again. Forgetting what is not there is no error. */
  forget(id: Uint8Array): Promise<void>;
}
