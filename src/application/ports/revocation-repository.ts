import type { Revocation } from '../../domain/tokens/revocation.js';

/**
 * The log of what was revoked, which every verb of another repository that ends access tokens adds to by the same step that ends them: one entry for each token
 * or grant, one for a client, its own tokens or a person, and one for each step in which `revokeAll` revokes more than twenty grants, beside one for each of them that was created after `at`, by a clock that is ahead. `until` is the token's own expiry, or else
 * a day after the latest of `at`, the expiry of all access tokens that are there, and what `reach` was told. Any verb may throw `StorageUnavailable`.
 */
export interface RevocationRepository {
  /** The place in the log after everything that was added so far. Opaque, and of use to this store only. */
  latest(): Promise<string>;
  /**
   * What was added since a place, oldest first, at most `limit`; `position` is the place after it, and `more` says that there is more. Following it from
   * place to place nothing is missed and nothing comes twice, whatever order transactions end in, up to what was purged: that ended no token that still
   * lives. `null`: the place is not one of this store as it is now: it was set back to an older state, or restored elsewhere.
   */
  since(position: string, limit: number): Promise<{ readonly revocations: readonly Revocation[]; readonly position: string; readonly more: boolean } | null>;
  /** Adds an entry. For a store that keeps access tokens elsewhere: one that keeps them itself adds their entries when it ends them. */
  add(revocation: Revocation): Promise<void>;
  /** Says that access tokens which are kept elsewhere live until then, so that entries about what they descend from are kept as long. */
  reach(until: Date): Promise<void>;
}
