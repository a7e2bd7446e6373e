import type { SigningKey } from '../../domain/keys/signing-key.js';

/** The keys with which access tokens are signed: a handful. Any verb may throw `StorageUnavailable`. */
export interface SigningKeyRepository {
  /**
   * Keeps a new key. `taken`: its algorithm has a key of that generation already, made by another instance at the same moment; nothing was kept.
   * Of any number of calls at once for one generation exactly one is `added`.
   */
  add(key: SigningKey): Promise<'added' | 'taken'>;
  /** Every key that may still be needed, by algorithm and generation. */
  all(): Promise<readonly SigningKey[]>;
  /** Moves `neededUntil` on to that moment, never back; called before a token of that life is signed. `false`: the key is gone. */
  need(id: string, until: Date): Promise<boolean>;
  /** Deletes this one key at once, also while tokens that were signed with it are about. `false`: there is none. */
  withdraw(id: string): Promise<boolean>;
  /**
   * Deletes the keys of which nothing is good any more: a later generation has been signing since before `at`, and `neededUntil` is before it. Answers
   * how many.
   */
  removeUnneeded(at: Date): Promise<number>;
}
