import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asShown, isScopeToken, parseScope, scopesBeyond, scopesWhenNoneNamed, unionOf } from '../../src/domain/scope.js';

const token = fc.string({
  minLength: 1,
  unit: fc.constantFrom(...Array.from({ length: 94 }, (_, index) => String.fromCharCode(0x21 + index)).filter((character) => !'"\\'.includes(character))),
});
const tokens = fc.array(token);

describe('parseScope', () => {
  it.each([
    ['', []],
    ['read', ['read']],
    ['read write', ['read', 'write']],
    ['  read   write ', ['read', 'write']],
    ['read write read', ['read', 'write']],
    ['Read read', ['Read', 'read']],
    ['https://api.example/read:all', ['https://api.example/read:all']],
  ])('reads %j as %j (RFC 6749 §3.3)', (text, scopes) => {
    expect(parseScope(text)).toEqual(scopes);
  });

  it.each(['a"b', 'a\\b', 'read\twrite', 'read\nwrite', 'a\0', 'é', 'read\u00a0write', 'a\x7f'])('refuses %j: not a scope-token (RFC 6749 §3.3)', (text) => {
    expect(parseScope(text)).toBeNull();
    expect(parseScope(`read ${text}`)).toBeNull();
  });

  it('reads back what was written with single spaces', () => {
    fc.assert(
      fc.property(fc.uniqueArray(token), (scopes) => {
        expect(parseScope(scopes.join(' '))).toEqual(scopes);
      }),
    );
  });

  it('answers only scope-tokens, each once, whatever is sent', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const scopes = parseScope(text);
        if (scopes === null) return;
        expect(scopes.every(isScopeToken)).toBe(true);
        expect(new Set(scopes).size).toBe(scopes.length);
      }),
    );
  });
});

describe('asShown', () => {
  const catalogue = [
    { name: 'default', sentence: 'Use your account' },
    { name: 'email', sentence: 'See your e-mail address' },
  ];

  it.each([
    [[], []],
    [['email', 'default'], catalogue],
    [['email', 'email'], [catalogue[1]]],
    [
      ['gone', 'email', 'older'],
      [catalogue[1], { name: 'gone', sentence: 'gone' }, { name: 'older', sentence: 'older' }],
    ],
  ])('shows %j in the order of the catalogue, and what is not in it last and by name', (scopes, shown) => {
    expect(asShown(scopes, catalogue)).toEqual(shown);
  });
});

describe('requested, allowed and granted', () => {
  it('names exactly what is asked beyond what is allowed', () => {
    fc.assert(
      fc.property(tokens, tokens, (requested, allowed) => {
        const beyond = scopesBeyond(requested, allowed);
        expect(beyond.some((scope) => allowed.includes(scope))).toBe(false);
        expect(requested.every((scope) => allowed.includes(scope) || beyond.includes(scope))).toBe(true);
      }),
    );
  });

  it('gives a client that names none the default scope, and one that may not have it all it is allowed (RFC 6749 §3.3)', () => {
    expect(scopesWhenNoneNamed(['email', 'default'])).toEqual(['default']);
    expect(scopesWhenNoneNamed(['email', 'profile'])).toEqual(['email', 'profile']);
    fc.assert(
      fc.property(tokens, (allowed) => {
        expect(scopesBeyond(scopesWhenNoneNamed(allowed), allowed)).toEqual([]);
      }),
    );
  });

  it('joins two lists without loss and without repetition', () => {
    fc.assert(
      fc.property(tokens, tokens, (one, other) => {
        const union = unionOf(one, other);
        expect(new Set(union)).toEqual(new Set([...one, ...other]));
        expect(new Set(union).size).toBe(union.length);
      }),
    );
  });
});
