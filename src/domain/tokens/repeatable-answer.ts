import { timingSafeEqual } from 'node:crypto';
import { digest } from '../digest.js';
import { seal, unseal } from '../seal.js';
import type { PresentedToken } from './presented-token.js';
import { originBytes, type Successors, successorsOf } from './successors.js';

/** The tokens that a refresh was answered with. What else was answered stands with the access token in the store. */
export interface AnsweredTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Begins what is not sealed; what is begins with a random nonce. */
const mark = Buffer.from('derived ');

/**
 * What the store keeps of an answer, so that the same refresh token can be given the same one within the grace window: nothing from which anybody could learn a
 * token without that refresh token. Opaque tokens are made again from their origin. A JWT cannot be, so both tokens are sealed, under a key from the refresh token's secret.
 */
export function sealAnswer(presented: PresentedToken, answer: AnsweredTokens, successors: Successors): Uint8Array {
  if (answer.accessToken !== successors.accessToken.token) return seal(keyFrom(presented), Buffer.from(presented.id), answer);
  return Buffer.concat([mark, tagOf(successors), successors.origin]);
}

/** What was kept, opened. Throws when it was altered, or kept under another token. */
export function openAnswer(presented: PresentedToken, stored: Uint8Array): AnsweredTokens {
  const bytes = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
  if (!bytes.subarray(0, mark.length).equals(mark)) return unseal(keyFrom(presented), Buffer.from(presented.id), bytes) as AnsweredTokens;
  if (bytes.length !== mark.length + tagBytes + originBytes) throw new Error('what was kept of an answer was cut');
  const [tag, origin] = [bytes.subarray(mark.length, -originBytes), bytes.subarray(-originBytes)];
  const successors = successorsOf(presented, origin);
  if (!timingSafeEqual(tag, tagOf(successors))) throw new Error('what was kept of an answer was altered');
  return tokensOf(successors);
}

function tokensOf({ accessToken, refreshToken }: Successors): AnsweredTokens {
  return { accessToken: accessToken.token, refreshToken: refreshToken.token };
}

const tagBytes = 16;

/** Tells that the origin was not altered. Half of what the store has of the new refresh token anyway, so that it costs nothing and tells nobody anything. */
function tagOf({ refreshToken }: Successors): Uint8Array {
  return refreshToken.digest.subarray(0, tagBytes);
}

const label = Buffer.from('keywright sealed answer ');

/** Always 32 random bytes after the label, so that a plain digest will do (the one that is stored has no label). */
function keyFrom(presented: PresentedToken): Uint8Array {
  return digest('sha256', Buffer.concat([label, presented.secret]));
}
