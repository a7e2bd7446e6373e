import { digest } from '../digest.js';
import { randomBytes } from '../random-bytes.js';
import { type MintedToken, selectorBytes, tokenOf } from './opaque-token.js';
import type { PresentedToken } from './presented-token.js';
import { stampUuid7 } from './uuid7.js';

/** The tokens that a refresh token is replaced by. */
export interface Successors {
  /** With this and the token that was presented, they can be made again: the selectors of both, and a nonce that is kept nowhere else. */
  readonly origin: Uint8Array;
  readonly refreshToken: MintedToken;
  readonly accessToken: MintedToken;
}

const nonceBytes = 16;
export const originBytes = 2 * selectorBytes + nonceBytes;

const label = Buffer.from('keywright successors ');

/** New ones, which nobody else can make. */
export function newSuccessors(presented: PresentedToken, now: Date): Successors {
  const origin = randomBytes(originBytes);
  stampUuid7(origin, now);
  stampUuid7(origin.subarray(selectorBytes), now);
  return successorsOf(presented, origin);
}

/**
 * Those of this origin. Their secrets are the halves of a SHA-512 over the secret of the presented token, 256 random bits that the store does not have, and the
 * origin, which nobody has who only holds that token and knows selectors, as they may stand in a log. Whoever knows one of the two knows nothing of the other (ADR 0034).
 */
export function successorsOf({ secret }: PresentedToken, origin: Uint8Array): Successors {
  const secrets = digest('sha512', Buffer.concat([label, secret, origin]));
  const half = secrets.length / 2;
  const both = Buffer.concat([
    origin.subarray(0, selectorBytes),
    secrets.subarray(0, half),
    origin.subarray(selectorBytes, 2 * selectorBytes),
    secrets.subarray(half),
  ]);
  const each = both.length / 2;
  return { origin, refreshToken: tokenOf('rt', both.subarray(0, each)), accessToken: tokenOf('at', both.subarray(each)) };
}
