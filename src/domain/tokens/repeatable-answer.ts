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
  return Buffer.concat([mark, origin, Buffer.from(JSON.stringify({ expiresIn, scopes, resources }))]);
}

/** The answer again. Throws when what was sealed was altered, or under another token; tokens that are made again are then others, which nobody knows. */
export function openAnswer(presented: PresentedToken, kept: Uint8Array): RefreshAnswer {
  const bytes = Buffer.from(kept.buffer, kept.byteOffset, kept.byteLength);
  if (!bytes.subarray(0, mark.length).equals(mark)) return unseal(keyFrom(presented), Buffer.from(presented.id), bytes) as RefreshAnswer;
  const end = mark.length + originBytes;
  const { refreshToken, accessToken } = successorsOf(presented, bytes.subarray(mark.length, end));
  const { expiresIn, scopes, resources } = JSON.parse(bytes.toString('utf8', end));
  return { accessToken: accessToken.token, expiresIn, refreshToken: refreshToken.token, scopes, resources };
}

const label = Buffer.from('keywright sealed answer ');

/** Always 32 random bytes after the label, so that a plain digest will do (the one that is stored has no label). */
function keyFrom(presented: PresentedToken): Uint8Array {
  return digest('sha256', Buffer.concat([label, presented.secret]));
}
