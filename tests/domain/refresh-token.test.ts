import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { idleExpiry } from '../../src/domain/tokens/refresh-token.js';

const now = new Date('2030-01-01T00:00:00Z');
const moment = (seconds: number) => new Date(now.getTime() + seconds * 1000);

describe('A refresh token that is used', () => {
  it.each([
    ['lives on for its idle lifetime', 100, 1000, 100],
    ['lives on for its idle lifetime up to the very end of the chain', 1000, 1000, 1000],
    ['never lives past the end of its chain', 1000, 10, 10],
    ['ends where its chain ended already', 1000, -5, -5],
  ])('%s', (_, idle, absolute, expected) => {
    expect(idleExpiry(now, idle, moment(absolute))).toEqual(moment(expected));
  });

  it('never lives past the end of its chain, whatever the lifetimes', () => {
    const seconds = fc.integer({ min: 0, max: 315_360_000 });
    fc.assert(
      fc.property(seconds, seconds, (idle, absolute) => {
        const expiry = idleExpiry(now, idle, moment(absolute));
        return expiry <= moment(absolute) && expiry <= moment(idle);
      }),
    );
  });
});
