import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf, matchesDigest, mintToken, parseToken, parseTokenOf } from '../../src/domain/tokens/opaque-token.js';
import type { PresentedToken, TokenKind } from '../../src/domain/tokens/presented-token.js';
import { forgedToken } from '../support/forged-token.js';

const kinds: TokenKind[] = ['ac', 'at', 'rt', 'se', 'cs'];
const moments = fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true });
const parsed = (token: string) => parseToken(token) as PresentedToken;

describe('A token', () => {
  it('is read as it was made, whatever its kind and time', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), moments, (kind, now) => {
        const { id, token, digest } = mintToken(kind, now);
        const presented = parsed(token);
        expect(presented).toMatchObject({ kind, id });
        expect(matchesDigest(presented, digest)).toBe(true);
      }),
    );
  });

  it.each(kinds)('can be told at sight and needs no encoding anywhere: kw_%s_ and unreserved characters (RFC 3986 §2.3)', (kind) => {
    const { token } = mintToken(kind, new Date());
    expect(token).toMatch(new RegExp(`^kw_${kind}_[A-Za-z0-9_-]{70}$`));
    expect(encodeURIComponent(token)).toBe(token);
  });

  it('holds 256 random bits, and none of them in its selector (RFC 6749 §10.10)', () => {
    const secrets = Array.from({ length: 1000 }, () => parsed(mintToken('at', new Date(0)).token));
    expect(new Set(secrets.map(({ secret }) => Buffer.from(secret).toString('hex'))).size).toBe(1000);
    expect(new Set(secrets.map(({ id }) => id)).size).toBe(1000);
    for (const { secret } of secrets) expect(secret).toHaveLength(32);
  });

  it('has a selector that is a UUID version 7 and grows with time (RFC 9562 §5.7)', () => {
    fc.assert(
      fc.property(moments, moments, (one, other) => {
        const [earlier, later] = one < other ? [one, other] : [other, one];
        const ids = [mintToken('at', earlier).id, mintToken('at', later).id] as const;
        for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        if (earlier < later) expect(ids[0] < ids[1]).toBe(true);
      }),
    );
  });

  it('is refused with any one character changed, put in or left out', () => {
    const { token } = mintToken('rt', new Date());
    const places = fc.nat(token.length - 1);
    const characters = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 });
    fc.assert(
      fc.property(places, characters, (at, character) => {
        const variants = [
          token.slice(0, at) + character + token.slice(at + 1),
          token.slice(0, at) + character + token.slice(at),
          token.slice(0, at) + token.slice(at + 1),
        ];
        for (const variant of variants) expect(variant === token || parseToken(variant) === null).toBe(true);
      }),
    );
  });

  it.each([
    ['with a space before', (token: string) => ` ${token}`],
    ['with a line break after', (token: string) => `${token}\n`],
    ['in capitals', (token: string) => token.toUpperCase()],
    ['twice', (token: string) => token + token],
    ['under an unknown prefix', (token: string) => token.replace('kw_at_', 'kw_xx_')],
    ['under the prefix of another kind', (token: string) => token.replace('kw_at_', 'kw_rt_')],
    ['without its prefix', (token: string) => token.slice(6)],
    ['with nothing but its prefix', () => 'kw_at_'],
  ])('is refused %s', (_, change) => {
    expect(parseToken(change(mintToken('at', new Date()).token))).toBeNull();
  });

  it('is never made out of anything else', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => parseToken(text) === null));
  });

  it('is read as one kind only', () => {
    const { token } = mintToken('at', new Date());
    expect(parseTokenOf('at', token)).not.toBeNull();
    for (const kind of kinds.filter((other) => other !== 'at')) expect(parseTokenOf(kind, token)).toBeNull();
  });

  it('with the selector of another and a secret of its own does not match', () => {
    const { id, token, digest } = mintToken('at', new Date());
    const presented = parsed(forgedToken(token));
    expect(presented.id).toBe(id);
    expect(matchesDigest(presented, digest)).toBe(false);
  });

  it('leaves the SHA-256 of its secret, and not the secret, for the store', () => {
    const { token, digest } = mintToken('at', new Date());
    const { secret } = parsed(token);
    expect(Buffer.from(digest).toString('hex')).toBe(createHash('sha256').update(secret).digest('hex'));
    expect(Buffer.from(digestOf(secret)).equals(Buffer.from(digest))).toBe(true);
    expect(Buffer.from(digest).equals(Buffer.from(secret))).toBe(false);
  });
});
