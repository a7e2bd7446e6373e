import { describe, expect, it } from 'vitest';
import { matchesDigest, mintToken, parseToken } from '../../src/domain/tokens/opaque-token.js';
import type { PresentedToken } from '../../src/domain/tokens/presented-token.js';
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
    const { origin, refreshToken, accessToken } = newSuccessors(presented, now);
    expect([parsed(refreshToken.token).kind, parsed(accessToken.token).kind]).toEqual(['rt', 'at']);
    for (const [place, { id, token, digest }] of [refreshToken, accessToken].entries()) {
      expect(matchesDigest(parsed(token), digest)).toBe(true);
      expect(parsed(token).id).toBe(id);
      expect(id.replaceAll('-', '')).toBe(Buffer.from(origin.subarray(16 * place, 16 * place + 16)).toString('hex'));
      expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(now.getTime());
    }
  });

  it('are the same when they are made again from their origin', () => {
    const made = newSuccessors(presented, now);
    expect(successorsOf(parsed(token), made.origin)).toEqual(made);
  });

  it('are others each time, with other secrets in each of them', () => {
    const secrets = Array.from({ length: 500 }, () => secretsOf(newSuccessors(presented, now))).flat();
    expect(new Set(secrets).size).toBe(1000);
  });

  it('cannot be made by whoever has all that the store holds, and not the token', () => {
    const made = newSuccessors(presented, now);
    const forged = parsed(forgedToken(token));
    expect(forged.id).toBe(presented.id);
    const guessed = secretsOf(successorsOf(forged, made.origin));
    expect(guessed.some((secret) => secretsOf(made).includes(secret))).toBe(false);
  });

  it('cannot be made by whoever has the token and knows the selectors, as they stand in a log, and not what the store keeps with them', () => {
    const made = newSuccessors(presented, now);
    for (const place of made.origin.keys()) {
      const nearly = Buffer.from(made.origin);
      nearly[place] = (nearly[place] as number) ^ 1;
      const guessed = secretsOf(successorsOf(presented, nearly));
      expect(guessed.some((secret) => secretsOf(made).includes(secret))).toBe(false);
    }
    expect(made.origin.length - 32).toBe(16);
  });
});
