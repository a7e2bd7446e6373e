import { describe, expect, it } from 'vitest';
import { matchesDigest, mintToken, type PresentedToken, parseToken } from '../../src/domain/tokens/opaque-token.js';
import { newSuccessors, type Successors, successorsOf } from '../../src/domain/tokens/successors.js';
import { forgedToken } from '../support/forged-token.js';

const now = new Date();
const parsed = (token: string) => parseToken(token) as PresentedToken;
const { token } = mintToken('rt', now);
const presented = parsed(token);

/** The secrets of both. */
const secretsOf = ({ refreshToken, accessToken }: Successors) =>
  [refreshToken, accessToken].map(({ token }) => Buffer.from(parsed(token).secret).toString('hex'));

describe('The successors of a refresh token', () => {
  it('are tokens like all others: time-ordered selectors, and digests that match them', () => {
    const { selectors, refreshToken, accessToken } = newSuccessors(presented, now);
    expect([parsed(refreshToken.token).kind, parsed(accessToken.token).kind]).toEqual(['rt', 'at']);
    for (const [place, { id, token, digest }] of [refreshToken, accessToken].entries()) {
      expect(matchesDigest(parsed(token), digest)).toBe(true);
      expect(parsed(token).id).toBe(id);
      expect(id.replaceAll('-', '')).toBe(Buffer.from(selectors.subarray(16 * place, 16 * place + 16)).toString('hex'));
      expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(now.getTime());
    }
  });

  it('are the same when they are made again from their selectors', () => {
    const made = newSuccessors(presented, now);
    expect(successorsOf(parsed(token), made.selectors)).toEqual(made);
  });

  it('are others each time, with other secrets in each of them', () => {
    const secrets = Array.from({ length: 500 }, () => secretsOf(newSuccessors(presented, now))).flat();
    expect(new Set(secrets).size).toBe(1000);
  });

  it('cannot be made by whoever has all that the store holds, the selectors of all tokens, and not the token', () => {
    const made = newSuccessors(presented, now);
    const forged = parsed(forgedToken(token));
    expect(forged.id).toBe(presented.id);
    const guessed = secretsOf(successorsOf(forged, made.selectors));
    expect(guessed.some((secret) => secretsOf(made).includes(secret))).toBe(false);
  });

  it('cannot be made by whoever has the token, and not the selectors that the store holds', () => {
    const made = newSuccessors(presented, now);
    const [byte = 0] = made.selectors.subarray(15, 16);
    const nearly = Buffer.from(made.selectors);
    nearly[15] = byte ^ 1;
    const guessed = secretsOf(successorsOf(presented, nearly));
    expect(guessed.some((secret) => secretsOf(made).includes(secret))).toBe(false);
  });
});
