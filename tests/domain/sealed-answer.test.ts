import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mintToken, type PresentedToken, parseToken } from '../../src/domain/tokens/opaque-token.js';
import { openAnswer, sealAnswer } from '../../src/domain/tokens/sealed-answer.js';
import { forgedToken } from '../support/forged-token.js';

const { token } = mintToken('rt', new Date());
const presented = parseToken(token) as PresentedToken;
const answer = { accessToken: 'kw_at_something', scopes: ['default', 'ünïcödé'] };

describe('A sealed answer', () => {
  it('is opened by the token under which it was sealed, whatever it says', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(openAnswer(presented, sealAnswer(presented, value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('shows nothing of what it holds', () => {
    const text = Buffer.from(sealAnswer(presented, answer)).toString('latin1');
    expect(text).not.toMatch(/kw_at_|something|default|accessToken/);
  });

  it('is another one each time, so that equal answers cannot be told', () => {
    expect(Buffer.from(sealAnswer(presented, answer)).equals(Buffer.from(sealAnswer(presented, answer)))).toBe(false);
  });

  it('stays shut for another token', () => {
    const other = parseToken(mintToken('rt', new Date()).token) as PresentedToken;
    expect(() => openAnswer(other, sealAnswer(presented, answer))).toThrow();
  });

  it('stays shut for whoever knows the selector only: what a stolen table holds', () => {
    const forged = parseToken(forgedToken(token)) as PresentedToken;
    expect(forged.id).toBe(presented.id);
    expect(() => openAnswer(forged, sealAnswer(presented, answer))).toThrow();
  });

  it('stays shut under the same secret with another selector: it cannot be moved to another row', () => {
    const moved = { ...presented, id: '00000000-0000-7000-8000-000000000000' };
    expect(() => openAnswer(moved, sealAnswer(presented, answer))).toThrow();
  });

  it('stays shut when a single bit of it was altered', () => {
    const sealed = sealAnswer(presented, answer);
    fc.assert(
      fc.property(fc.nat(sealed.length * 8 - 1), (bit) => {
        const altered = Buffer.from(sealed);
        altered[bit >> 3] = (altered[bit >> 3] as number) ^ (1 << (bit & 7));
        expect(() => openAnswer(presented, altered)).toThrow();
      }),
    );
  });

  it('stays shut when it was cut', () => {
    const sealed = sealAnswer(presented, answer);
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), (length) => {
        expect(() => openAnswer(presented, sealed.subarray(0, length))).toThrow();
      }),
    );
  });
});
