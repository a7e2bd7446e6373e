import type { ResourceServerSecret } from '../../domain/resources/resource-server.js';
import { mintToken } from '../../domain/tokens/opaque-token.js';
import { type Actor, personOf } from '../clients/actor.js';

/** A secret as it was just made: `plain` is shown to the one who asked for it, once, and kept nowhere. */
export interface MintedResourceServerSecret {
  readonly secret: ResourceServerSecret;
  readonly plain: string;
}

export function mintResourceServerSecret(actor: Actor, resourceServerId: string, label: string, expiresAt: Date | null, now: Date): MintedResourceServerSecret {
  const { id, token, digest } = mintToken('rs', now);
  const made = { createdAt: now, createdBy: personOf(actor), expiresAt, lastUsed: null };
  return { plain: token, secret: { id, resourceServerId, label, digest, lastFour: token.slice(-4), ...made } };
}
