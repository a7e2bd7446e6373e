/** A link, good once and for a short while, by which whoever was sent it chooses the password of an account. Of the token in it only the digest is kept. */
export interface AccountLink {
  readonly id: string;
  readonly digest: Uint8Array;
  /** Whose account; a newer link for the same address takes the place of this one. */
  readonly email: string;
  /** `null`: nobody has the address yet, and choosing a password makes the account. */
  readonly userId: string | null;
  /** The authorization request that waits for the person, if they came because of one. */
  readonly requestId: string | null;
  readonly expiresAt: Date;
}

/** Seconds. A link that an operator hands over has to reach the person first. */
export const linkLifetimes = { mailed: 3600, handedOver: 24 * 3600 };
