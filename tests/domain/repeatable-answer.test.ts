import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mintToken, parseToken } from '../../src/domain/tokens/opaque-token.js';
import type { PresentedToken } from '../../src/domain/tokens/presented-token.js';
import { type AnsweredTokens, openAnswer, sealAnswer } from '../../src/domain/tokens/repeatable-answer.js';
import { newSuccessors } from '../../src/domain/tokens/successors.js';
import { forgedToken } from '../support/forged-token.js';

const { token } = mintToken('rt', new Date());
const presented = parseToken(token) as PresentedToken;
const successors = newSuccessors(presented, new Date());
const opaque: AnsweredTokens = { accessToken: successors.accessToken.token, refreshToken: successors.refreshToken.token };
const jwt: AnsweredTokens = { ...opaque, accessToken: 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJzb21lYm9keSJ9.c2lnbmF0dXJl' };
const other = parseToken(mintToken('rt', new Date()).token) as PresentedToken;
const forged = parseToken(forgedToken(token)) as PresentedToken;

describe('What is kept of an answer', () => {
  it.each(Object.entries({ opaque, jwt }))('is the same tokens again for whoever has the token that they were given to: %s', (_, answer) => {
    expect(openAnswer(presented, sealAnswer(presented, answer, successors))).toEqual(answer);
  });

  it.each(Object.entries({ opaque, jwt }))('holds no secret of a token: %s', (_, answer) => {
    const kept = Buffer.from(sealAnswer(presented, answer, successors));
    const secrets = [answer.accessToken, answer.refreshToken].flatMap((text) => [text, Buffer.from(parseToken(text)?.secret ?? text)]);
    for (const secret of secrets) expect(kept.includes(secret)).toBe(false);
  });
});

describe.each(Object.entries({ opaque, jwt }))('What is kept of an answer with an access token that is %s', (_, answer) => {
  const kept = sealAnswer(presented, answer, successors);

  it('stays shut for another token, and for whoever knows the selector only, as in a stolen table', () => {
    expect(forged.id).toBe(presented.id);
    for (const token of [other, forged]) expect(() => openAnswer(token, kept)).toThrow();
  });

  it('stays shut when a single bit of it was altered, or when it was cut', () => {
    fc.assert(
      fc.property(fc.nat(kept.length * 8 - 1), (bit) => {
        const altered = Buffer.from(kept);
        altered[bit >> 3] = (altered[bit >> 3] as number) ^ (1 << (bit & 7));
        expect(() => openAnswer(presented, altered)).toThrow();
        expect(() => openAnswer(presented, kept.subarray(0, bit >> 3))).toThrow();
      }),
    );
  });
});

describe('A sealed answer, with a JWT in it', () => {
  const sealed = sealAnswer(presented, jwt, successors);

  it('shows nothing of what it holds', () => {
    expect(Buffer.from(sealed).toString('latin1')).not.toMatch(/kw_rt_|eyJhbGci|default|accessToken/);
  });

  it('stays shut under the same secret with another selector: it cannot be moved to another row', () => {
    expect(() => openAnswer({ ...presented, id: '00000000-0000-7000-8000-000000000000' }, sealed)).toThrow();
  });
});
