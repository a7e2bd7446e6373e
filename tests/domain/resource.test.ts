import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isResourceIndicator, sameResource } from '../../src/domain/resources/resource.js';

describe('A resource indicator', () => {
  it.each([
    'https://api.example',
    'https://api.example/',
    'https://api.example/v1?tenant=1',
    'http://localhost:8080/mcp',
    'urn:example:api',
    'HTTPS://api.example/',
  ])('may be %s: an absolute URI (RFC 8707 §2)', (uri) => expect(isResourceIndicator(uri)).toBe(true));

  it.each([
    ['empty', ''],
    ['relative', '/api'],
    ['without a scheme', 'api.example'],
    ['with a fragment', 'https://api.example/#part'],
    ['with an empty fragment', 'https://api.example/#'],
    ['with a space', 'https://api.example/a b'],
    ['with a line break', 'https://api.example/\n'],
    ['with a NUL byte', 'https://api.example/\0'],
    ['not ASCII', 'https://api.example/ü'],
    ['a scheme alone', 'https:'],
    ['longer than 2,000 characters', `https://api.example/${'a'.repeat(2000)}`],
    ['unparsable', 'https://['],
  ])('may not be %s (RFC 8707 §2)', (_, text) => expect(isResourceIndicator(text)).toBe(false));

  it('is judged without a throw, whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof isResourceIndicator(text) === 'boolean'));
  });
});

describe('Two resources are the same', () => {
  it.each([
    ['https://api.example', 'https://api.example/', true],
    ['https://api.example/v1/', 'https://api.example/v1', true],
    ['https://api.example/', 'https://api.example//', false],
    ['https://api.example/v1', 'https://api.example/v2', false],
    ['https://api.example/', 'https://API.example/', false],
    ['https://api.example/', 'http://api.example/', false],
    ['https://api.example/', 'https://api.example.evil/', false],
  ])('%s and %s: %s', (one, other, same) => {
    expect(sameResource(one, other)).toBe(same);
    expect(sameResource(other, one)).toBe(same);
  });

  it('when they are equal, and with one slash more', () => {
    fc.assert(fc.property(fc.webUrl(), (uri) => sameResource(uri, uri) && (uri.endsWith('/') || sameResource(uri, `${uri}/`))));
  });
});
