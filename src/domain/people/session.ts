/** A person's signed-in browser. The cookie holds the token, the store its digest. */
export interface Session {
  readonly id: string;
  readonly digest: Uint8Array;
  readonly userId: string;
  /** When the person last proved who they are. */
  readonly authenticatedAt: Date;
  readonly expiresAt: Date;
}
