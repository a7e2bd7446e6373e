import type { AccessToken } from '../../domain/tokens/access-token.js';
import type { RefreshToken, StoredRefreshToken } from '../../domain/tokens/refresh-token.js';

export interface Rotation {
  readonly id: string;
  readonly at: Date;
  /**
   * Both are saved together with the rotation, or not at all. They are issued `at` that moment to the client and person of the token and beneath its grant, and
   * outlive its `absoluteExpiresAt` in no case; the successor has its scopes, its resources and its absolute end.
   */
  readonly successor: RefreshToken;
  readonly accessToken: AccessToken;
  /** What makes the answer again, of use to whoever has the presented token and to nobody else; handed back by `repeated`. */
  readonly sealedAnswer: Uint8Array;
  /** The end of the grace window of this rotation. */
  readonly repeatableUntil: Date;
}

export interface Keeping {
  readonly id: string;
  readonly at: Date;
  /** The token's new `expiresAt`; like that of the access token, not after its `absoluteExpiresAt`. */
  readonly expiresAt: Date;
  readonly accessToken: AccessToken;
}

/** Why a refresh token was not used. Nothing was saved. */
export type RefreshRefusal =
  /** Rotated before, and the grace window of that rotation is not over (`repeatableUntil` is after `at`): the same answer again. */
  | { readonly outcome: 'repeated'; readonly sealedAnswer: Uint8Array }
  /** Rotated before, and the grace window is over: somebody else may hold it. The grant is now revoked (`refresh_token_reused`). */
  | { readonly outcome: 'reused' }
  /** Never rotated, and `expiresAt` is not after `at`. */
  | { readonly outcome: 'expired' }
  /** Its grant is revoked, its client removed, or its person disabled or gone. Decided before everything else. */
  | { readonly outcome: 'revoked' }
  | { readonly outcome: 'unknown' };

/** Refresh tokens. Any verb may throw `StorageUnavailable`. */
export interface RefreshTokenRepository {
  /**
   * The token, expired or not, and whether it was rotated or its grant revoked; `null` when there is none. What can change is only good for
   * telling (introspection): `rotate` and `keep` decide it again.
   */
  find(id: string): Promise<StoredRefreshToken | null>;
  /** Replaces the token by its successor, in one atomic step: of any number of calls at once exactly one is `rotated`. */
  rotate(rotation: Rotation): Promise<{ readonly outcome: 'rotated' } | RefreshRefusal>;
  /** Lets the token live on until `expiresAt` and saves an access token, in one atomic step. */
  keep(keeping: Keeping): Promise<{ readonly outcome: 'kept' } | RefreshRefusal>;
}
