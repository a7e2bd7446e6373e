import { timingSafeEqual } from 'node:crypto';
import { digest } from '../digest.js';
import { seal, unseal } from '../seal.js';
import type { PresentedToken } from './opaque-token.js';
import { originBytes, type Successors, successorsOf } from './successors.js';

/** What a refresh answered. */
export interface RefreshAnswer {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Seconds. */
  readonly expiresIn: number;
  readonly scopes: readonly string[];
  /** Not there in what a version before sealed. */
  readonly resources?: readonly string[];
}

/** Begins what is not sealed; what is begins with a random nonce. */
const mark = Buffer.from('derived ');

/**
 * What the store keeps of an answer, so that the same refresh token can be given the same one within the grace window: nothing from which anybody could learn a
 * token without that refresh token. Opaque tokens are made again from their origin. A JWT cannot be; it is sealed, under a key from the refresh token's secret.
 */
export function sealAnswer(presented: PresentedToken, answer: RefreshAnswer, { origin, accessToken }: Successors): Uint8Array {
  if (answer.accessToken !== accessToken.token) return seal(keyFrom(presented), Buffer.from(presented.id), answer);
  const { expiresIn, scopes, resources } = answer;
  const kept = Buffer.concat([origin, Buffer.from(JSON.stringify({ expiresIn, scopes, resources }))]);
  return Buffer.concat([mark, tagOf(presented, kept), kept]);
}

/** The answer again. Throws when what was kept was altered, or under another token. */
export function openAnswer(presented: PresentedToken, stored: Uint8Array): RefreshAnswer {
  const bytes = Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength);
  if (!bytes.subarray(0, mark.length).equals(mark)) return unseal(keyFrom(presented), Buffer.from(presented.id), bytes) as RefreshAnswer;
  const tag = bytes.subarray(mark.length, mark.length + tagBytes);
  const kept = bytes.subarray(mark.length + tagBytes);
  if (tag.length < tagBytes || !timingSafeEqual(tag, tagOf(presented, kept))) throw new Error('what was kept of an answer was altered');
  const { refreshToken, accessToken } = successorsOf(presented, kept.subarray(0, originBytes));
  const { expiresIn, scopes, resources } = JSON.parse(kept.toString('utf8', originBytes));
  return { accessToken: accessToken.token, expiresIn, refreshToken: refreshToken.token, scopes, resources };
}

const tagLabel = Buffer.from('keywright kept answer ');
const tagBytes = 16;

/** Tells that nothing was altered since. Half of a digest, which cannot be continued by whoever does not know the other half. */
function tagOf({ id, secret }: PresentedToken, kept: Uint8Array): Uint8Array {
  return digest('sha256', Buffer.concat([tagLabel, secret, Buffer.from(id), kept])).subarray(0, tagBytes);
}

const label = Buffer.from('keywright sealed answer ');

/** Always 32 random bytes after the label, so that a plain digest will do (the one that is stored has no label). */
function keyFrom(presented: PresentedToken): Uint8Array {
  return digest('sha256', Buffer.concat([label, presented.secret]));
}
