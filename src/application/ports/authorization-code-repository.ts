import type { AuthorizationCode } from '../../domain/authorization/authorization-code.js';
import type { AccessToken } from '../../domain/tokens/access-token.js';
import type { RefreshToken } from '../../domain/tokens/refresh-token.js';

export interface Consumption {
  readonly id: string;
  readonly at: Date;
  /** Saved together with the consumption, or not at all. */
  readonly accessToken: AccessToken;
  readonly refreshToken: RefreshToken | null;
}

/**
 * - `consumed`: this call, and no other ever, consumed the code; the tokens are saved.
 * - `replayed`: it had been consumed; its grant is now revoked (`code_replayed`), nothing was saved.
 * - `revoked`: never consumed, and its grant is revoked, by whatever cause, or not there, its client removed, its person disabled or gone; nothing was saved.
 * - `expired`: neither, and `expiresAt` is not after `at`.
 * - `unknown`: there is no such code.
 * A code that was consumed is `replayed` also after it expired, and after its grant was revoked, whose first reason stays.
 */
export type ConsumptionOutcome = 'consumed' | 'replayed' | 'expired' | 'revoked' | 'unknown';

/** Authorization codes. Any verb may throw `StorageUnavailable`. */
export interface AuthorizationCodeRepository {
  /** Its grant is there before. Under one that is not, a store may refuse it. */
  add(code: AuthorizationCode): Promise<void>;
  /** What never changes about a code, so that challenge, client and redirect URI can be checked first; it may be consumed or expired. */
  find(id: string): Promise<AuthorizationCode | null>;
  /** Consumes the code and saves what it is exchanged for, in one atomic step (RFC 6749 §4.1.2: "MUST NOT use the authorization code more than once"). */
  consume(consumption: Consumption): Promise<ConsumptionOutcome>;
}
