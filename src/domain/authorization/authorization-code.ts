/** The short-lived, single-use proof that a person allowed a client (RFC 6749 §1.3.1). */
export interface AuthorizationCode {
  readonly id: string;
  readonly digest: Uint8Array;
  readonly grantId: string;
  readonly clientId: string;
  readonly userId: string;
  /** As the authorization request named it; `null` when it named none. */
  readonly redirectUri: string | null;
  readonly scopes: readonly string[];
  readonly resources: readonly string[];
  /** S256 challenge (RFC 7636 §4.2); `null` only for a confidential client that opted out. */
  readonly codeChallenge: string | null;
  /** When the person proved who they are, as of the grant that it descends from; `null` where that is not known. */
  readonly authenticatedAt: Date | null;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  /** The grant's own end, which nothing that the code is exchanged for outlives. */
  readonly grantExpiresAt: Date | null;
}

/** Seconds a code lives (RFC 6749 §4.1.2 allows ten minutes at most). */
export const codeLifetime = 60;
