import type { Secret } from '../../domain/secret.js';
import { mintToken } from '../../domain/tokens/opaque-token.js';
import { type Actor, personOf } from '../clients/actor.js';

/** A secret as it was just made: `plain` is shown to the one who asked for it, once, and kept nowhere. */
export interface Minted<Own extends Secret> {
  readonly secret: Own;
  readonly plain: string;
}

export interface SecretDetails {
  readonly actor: Actor;
  readonly label: string;
  readonly expiresAt: Date | null;
}

/** A new secret of a client (`cs`) or of a resource server (`rs`); `owner` is the field that says whose it is. */
export function mintSecret<Owner extends object>(
  kind: 'cs' | 'rs',
  owner: Owner,
  { actor, label, expiresAt }: SecretDetails,
  now: Date,
): Minted<Secret & Owner> {
  const { id, token, digest } = mintToken(kind, now);
  const made = { createdAt: now, createdBy: personOf(actor), expiresAt, lastUsed: null };
  return { plain: token, secret: { id, ...owner, label, digest, lastFour: token.slice(-4), ...made } };
}

/** The one that whoever is registered starts with. */
export function mintFirstSecret<Owner extends object>(kind: 'cs' | 'rs', owner: Owner, actor: Actor, now: Date): Minted<Secret & Owner> {
  return mintSecret(kind, owner, { actor, label: 'first secret', expiresAt: null }, now);
}
