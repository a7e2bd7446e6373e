import { createHmac } from 'node:crypto';
import { seal, unseal } from '../seal.js';
import type { PresentedToken } from '../tokens/presented-token.js';

/** A sign-in that went on to a provider and is expected back in the same browser. The cookie holds its token; what must be remembered is sealed under it. */
export interface UpstreamRequest {
  readonly id: string;
  readonly digest: Uint8Array;
  readonly sealed: Uint8Array;
  readonly expiresAt: Date;
}

/** Seconds a person has to sign in at a provider and come back. */
export const upstreamRequestLifetime = 900;

/** Seals what must be remembered under the token that only the browser has. It must survive JSON. */
export function sealUnder(token: PresentedToken, remembered: unknown): Uint8Array {
  return seal(keyFrom(token), Buffer.from(token.id), remembered);
}

/** Opens what `sealUnder` sealed under the same token. Throws when the bytes were altered or the token is another one. */
export function openUnder(token: PresentedToken, sealed: Uint8Array): unknown {
  return unseal(keyFrom(token), Buffer.from(token.id), sealed);
}

function keyFrom({ secret }: PresentedToken): Uint8Array {
  return createHmac('sha256', secret).update('keywright upstream request').digest();
}
