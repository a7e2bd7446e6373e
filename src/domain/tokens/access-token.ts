import type { Ending } from '../authorization/grant.js';

export const accessTokenFormats = ['opaque', 'jwt'] as const;
/** `opaque`: only this server can tell what a token is. `jwt`: whoever has the public keys can (RFC 9068). */
export type AccessTokenFormat = (typeof accessTokenFormats)[number];

/** What lets a client call a protected resource for a while (RFC 6749 §1.4). Only the digest of its secret is kept. */
export interface AccessToken {
  readonly id: string;
  readonly digest: Uint8Array;
  readonly clientId: string;
  /** Whom the client acts for; `null` when it acts for itself (RFC 6749 §4.4). */
  readonly userId: string | null;
  /** The grant this token descends from; `null` exactly when `userId` is. */
  readonly grantId: string | null;
  readonly scopes: readonly string[];
  /** Resource indicators the token is for (RFC 8707); empty means any. */
  readonly resources: readonly string[];
  /** When the person proved who they are, as of the grant that it descends from; `null` where that is not known, and for a token that acts for its client. */
  readonly authenticatedAt: Date | null;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** An access token as the store knows it now: ended by itself, or because its grant was. */
export interface StoredAccessToken extends AccessToken {
  readonly ended: Ending | null;
}
