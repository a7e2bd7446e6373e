import type { Ending } from '../authorization/grant.js';
import { earlier, later } from '../moments.js';

/** What lets a client obtain new access tokens for a grant (RFC 6749 §1.5). Its scope never narrows (RFC 6749 §6). */
export interface RefreshToken {
  readonly id: string;
  readonly digest: Uint8Array;
  readonly clientId: string;
  readonly userId: string;
  readonly grantId: string;
  readonly scopes: readonly string[];
  readonly resources: readonly string[];
  /** When the person proved who they are, as of the grant that it descends from; `null` where that is not known. */
  readonly authenticatedAt: Date | null;
  readonly issuedAt: Date;
  /** Unused until then, it is dead: the idle lifetime, never past `absoluteExpiresAt`. */
  readonly expiresAt: Date;
  /** The end of the whole chain, carried from each token to its successor. */
  readonly absoluteExpiresAt: Date;
}

/** A refresh token as the store knows it now. */
export interface StoredRefreshToken extends RefreshToken {
  /** When it was replaced by a successor; `null` while it is the newest of its chain. */
  readonly rotatedAt: Date | null;
  /** Its grant was revoked. */
  readonly ended: Ending | null;
}

/** When a refresh token used at `now` would die of idleness: `idleLifetime` seconds later, but never past the absolute end. */
export function idleExpiry(now: Date, idleLifetime: number, absoluteExpiresAt: Date): Date {
  return earlier(later(now, idleLifetime), absoluteExpiresAt);
}
