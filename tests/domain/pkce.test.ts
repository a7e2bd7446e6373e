import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isS256Challenge, verifierMatches } from '../../src/domain/authorization/pkce.js';

const unreserved = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~'];
const verifiers = fc.string({ unit: fc.constantFrom(...unreserved), minLength: 43, maxLength: 128 });
const s256 = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');

describe('PKCE with S256', () => {
  it('knows the example of RFC 7636 appendix B', () => {
    expect(verifierMatches('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM')).toBe(true);
  });

  it('accepts the verifier of a challenge, whatever it is (RFC 7636 §4.6)', () => {
    fc.assert(fc.property(verifiers, (verifier) => isS256Challenge(s256(verifier)) && verifierMatches(verifier, s256(verifier))));
  });

  it('accepts no other verifier (RFC 7636 §4.6)', () => {
    fc.assert(fc.property(verifiers, verifiers, (verifier, other) => verifier === other || !verifierMatches(other, s256(verifier))));
  });

  it('never takes a challenge for its own verifier: that would be plain (RFC 7636 §4.2)', () => {
    fc.assert(fc.property(verifiers, (verifier) => !verifierMatches(s256(verifier), s256(verifier))));
  });

  it('throws at nothing, whatever is sent', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (verifier, challenge) => !verifierMatches(verifier, challenge)));
  });

  it.each([
    ['42 characters', 'a'.repeat(42)],
    ['129 characters', 'a'.repeat(129)],
    ['a character that is not unreserved', `${'a'.repeat(42)}+`],
    ['a line break at the end', `${'a'.repeat(43)}\n`],
    ['a letter that is not ASCII', `${'a'.repeat(42)}é`],
    ['nothing', ''],
  ])('refuses a verifier of %s, though the challenge was made from it (RFC 7636 §4.1)', (_, verifier) => {
    expect(verifierMatches(verifier, s256(verifier))).toBe(false);
  });

  it.each([
    ['one character', 'a'],
    ['42 characters', 'A'.repeat(42)],
    ['44 characters', 'A'.repeat(44)],
    ['padding', `${'A'.repeat(43)}=`],
    ['plain base64', `${'A'.repeat(41)}+A`],
    ['bits left over in the last character', `${'A'.repeat(42)}B`],
    ['a line break at the end', `${'A'.repeat(43)}\n`],
    ['a hexadecimal SHA-256', 'a'.repeat(64)],
    ['nothing', ''],
  ])('refuses a challenge of %s (RFC 7636 §4.2)', (_, challenge) => {
    expect(isS256Challenge(challenge)).toBe(false);
  });
});
