import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Parameters } from '../../src/interfaces/http/parameters.js';

const invalid = (description: string) => expect.objectContaining({ code: 'invalid_request', description });

describe('Parameters', () => {
  it('are read as a form encodes them, whatever they say (RFC 6749 appendix B)', () => {
    const texts = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !/[\0\ufffd\p{Surrogate}]/u.test(text));
    fc.assert(
      fc.property(texts, texts, (name, value) => {
        expect(new Parameters(new URLSearchParams([[name, value]]).toString()).one(name)).toBe(value);
      }),
    );
  });

  it('without a value count as not sent (RFC 6749 §3.1)', () => {
    const parameters = new Parameters('a=&b&c=1');
    expect([parameters.one('a'), parameters.one('b'), parameters.one('c')]).toEqual([null, null, '1']);
    expect(parameters.problem()).toBeNull();
    expect(() => parameters.required('a')).toThrow(invalid('a is missing'));
  });

  it('that were not sent are not found on what objects inherit', () => {
    for (const name of ['__proto__', 'constructor', 'toString']) expect(new Parameters('').one(name)).toBeNull();
    expect(new Parameters('__proto__=x').one('__proto__')).toBe('x');
  });

  it('sent twice are refused, wherever they are looked at (RFC 6749 §3.1)', () => {
    const parameters = new Parameters('a=1&a=1');
    expect(() => parameters.one('a')).toThrow(invalid('a was sent more than once'));
    expect(() => parameters.required('a')).toThrow(invalid('a was sent more than once'));
    expect(parameters.usable('a')).toBeNull();
    expect(parameters.problem()).toBe('a was sent more than once');
    expect(parameters.problem(['a'])).toBeNull();
  });

  it('may be sent twice where they are resources (RFC 8707 §2)', () => {
    const parameters = new Parameters('resource=1&resource=2');
    expect(parameters.all('resource')).toEqual(['1', '2']);
    expect(parameters.problem()).toBeNull();
  });

  it.each([
    ['a NUL byte', 'a=x%00y'],
    ['a raw NUL byte', 'a=x\0y'],
    ['what is no UTF-8', 'a=%FF'],
    ['half a surrogate pair', 'a=%ED%A0%80'],
  ])('with %s are refused, wherever they are looked at', (_, text) => {
    const parameters = new Parameters(text);
    for (const read of [() => parameters.one('a'), () => parameters.required('a'), () => parameters.all('a')]) {
      expect(read).toThrow(invalid('a is not readable as UTF-8 text'));
    }
    expect(parameters.usable('a')).toBeNull();
    expect(parameters.problem()).toBe('a is not readable as UTF-8 text');
  });

  it.each(['%00=1', '%FF=1', '%00a=1&%00a=2'])('with a name that cannot be read are a problem: %s', (text) => {
    expect(new Parameters(text).problem()).not.toBeNull();
  });

  it('tell a problem in characters that error_description may hold, and briefly, whatever the name (RFC 6749 §5.2)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 500 }), (name) => {
        const twice = new URLSearchParams([
          [name, '1'],
          [name, '2'],
        ]);
        const problem = new Parameters(twice.toString()).problem();
        expect(problem).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]{1,100}$/);
      }),
    );
  });
});
