/** A sign-in that went on to a provider and is expected back in the same browser. The cookie holds its token; what must be remembered is sealed under it. */
export interface UpstreamRequest {
  readonly id: string;
  readonly digest: Uint8Array;
  readonly sealed: Uint8Array;
  readonly expiresAt: Date;
}

/** Seconds a person has to sign in at a provider and come back. */
export const upstreamRequestLifetime = 900;
