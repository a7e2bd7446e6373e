import { describe, expect, it } from 'vitest';
import { endOfToken, momentOfOwnTokens } from '../../src/domain/tokens/own-token.js';

const at = (milliseconds: number) => new Date(Date.UTC(2030, 0, 1) + milliseconds);
const together = { at: at(10), reason: 'revoked_by_operator' } as const;
const byItself = (milliseconds: number) => ({ at: at(milliseconds), reason: 'revoked_by_client' }) as const;

describe('An access token', () => {
  it.each([
    ['of the client’s own, issued before', null, 9, null, at(10), together],
    ['of its own, issued in the very millisecond', null, 10, null, at(10), together],
    ['of its own, issued a millisecond later', null, 11, null, at(10), null],
    ['of its own, of a client of which nothing was ended together', null, 9, null, null, null],
    ['of its own that ended by itself before', null, 1, byItself(5), at(10), byItself(5)],
    ['of its own that ended by itself after', null, 1, byItself(15), at(10), together],
    ['of its own, issued later, that ended by itself', null, 11, byItself(15), at(10), byItself(15)],
    ['under a grant, issued before', 'g1', 9, null, at(10), null],
    ['under a grant that ended', 'g1', 9, byItself(5), at(10), byItself(5)],
  ] as const)('%s', (_, grantId, issued, otherwise, revokedAt, ended) => {
    expect(endOfToken({ grantId, issuedAt: at(issued) }, otherwise, revokedAt)).toEqual(ended);
  });

  it.each([
    ['now, where nothing was ended', null, 10, 10],
    ['now, where all was ended before', 9, 10, 10],
    ['a millisecond later, where all was ended just now', 10, 10, 11],
    ['after the end, where the clock of whoever ended all is ahead', 3010, 10, 3011],
  ])('that a client obtains for itself counts as issued %s, and is good', (_, revokedAt, now, issued) => {
    const ownTokensRevokedAt = revokedAt === null ? null : at(revokedAt);
    const issuedAt = momentOfOwnTokens({ ownTokensRevokedAt }, at(now));
    expect(issuedAt).toEqual(at(issued));
    expect(endOfToken({ grantId: null, issuedAt }, null, ownTokensRevokedAt)).toBeNull();
    // And ends when all is ended again, by the same clock.
    expect(endOfToken({ grantId: null, issuedAt }, null, momentOfOwnTokens({ ownTokensRevokedAt }, at(now)))).not.toBeNull();
  });
});
