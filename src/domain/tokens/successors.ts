import { digest } from '../digest.js';
import { randomBytes } from '../random-bytes.js';
import { type MintedToken, type PresentedToken, selectorBytes, tokenOf } from './opaque-token.js';
import { stampUuid7 } from './uuid7.js';

/** The tokens that a refresh token is replaced by. */
export interface Successors {
  /** The selectors of both, 32 bytes: with them and the token that was presented, they can be made again. */
  readonly selectors: Uint8Array;
  readonly refreshToken: MintedToken;
  readonly accessToken: MintedToken;
}

const label = Buffer.from('keywright successors ');

/** New ones, which nobody else can make: their selectors hold 148 random bits. */
export function newSuccessors(presented: PresentedToken, now: Date): Successors {
  const selectors = randomBytes(2 * selectorBytes);
  stampUuid7(selectors, now);
  stampUuid7(selectors.subarray(selectorBytes), now);
  return successorsOf(presented, selectors);
}

/**
 * Those with these selectors. Their secrets are the halves of a SHA-512 over the secret of the presented token, 256 random bits that the store does not have, and
 * the selectors, which nobody has who only holds that token. Whoever knows one of the two knows nothing of the other (ADR 0034).
 */
export function successorsOf({ secret }: PresentedToken, selectors: Uint8Array): Successors {
  const secrets = digest('sha512', Buffer.concat([label, secret, selectors]));
  const half = secrets.length / 2;
  return {
    selectors,
    refreshToken: tokenOf('rt', Buffer.concat([selectors.subarray(0, selectorBytes), secrets.subarray(0, half)])),
    accessToken: tokenOf('at', Buffer.concat([selectors.subarray(selectorBytes), secrets.subarray(half)])),
  };
}
