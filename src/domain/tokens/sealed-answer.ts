import { hash } from 'node:crypto';
import { seal, unseal } from '../seal.js';
import type { PresentedToken } from './opaque-token.js';

/**
 * Seals what a refresh answered under the refresh token that was presented, so that the same token can be given the same answer within
 * the grace window while the store holds nothing it could read. The key is derived from the token's secret.
 */
export function sealAnswer(presented: PresentedToken, answer: unknown): Uint8Array {
  return seal(keyFrom(presented), Buffer.from(presented.id), answer);
}

/** Opens what `sealAnswer` sealed under the same token. Throws when the bytes were altered or the token is another one. */
export function openAnswer(presented: PresentedToken, bytes: Uint8Array): unknown {
  return unseal(keyFrom(presented), Buffer.from(presented.id), bytes);
}

const label = Buffer.from('keywright sealed answer ');

/** Always 32 random bytes after the label, so that a plain digest will do (the one that is stored has no label). */
function keyFrom(presented: PresentedToken): Uint8Array {
  return hash('sha256', Buffer.concat([label, presented.secret]), 'buffer');
}
