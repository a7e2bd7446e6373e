import type { ClientSecret } from '../../domain/clients/client-secret.js';
import { mintToken } from '../../domain/tokens/opaque-token.js';
import { type Actor, personOf } from './actor.js';

/** A secret as it was just made: `plain` is shown to the one who asked for it, once, and kept nowhere. */
export interface MintedSecret {
  readonly secret: ClientSecret;
  readonly plain: string;
}

export function mintClientSecret(actor: Actor, clientId: string, label: string, expiresAt: Date | null, now: Date): MintedSecret {
  const { id, token, digest } = mintToken('cs', now);
  return {
    plain: token,
    secret: { id, clientId, label, digest, lastFour: token.slice(-4), createdAt: now, createdBy: personOf(actor), expiresAt, lastUsed: null },
  };
}
