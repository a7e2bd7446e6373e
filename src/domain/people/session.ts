/** A person's signed-in browser. The cookie holds the token, the store its digest. */
export interface Session {
  readonly id: string;
  readonly digest: Uint8Array;
  readonly userId: string;
  /** When the person last proved who they are. */
  readonly authenticatedAt: Date;
  readonly expiresAt: Date;
}

/** Seconds until a person must sign in again: two weeks. */
export const sessionLifetime = 14 * 24 * 3600;
