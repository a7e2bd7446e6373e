import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newClientId } from '../../src/domain/clients/client.js';
import { isMetadataUri, metadataUriProblem } from '../../src/domain/clients/metadata-uri.js';
import { isAdmitted } from '../../src/domain/clients/places.js';

describe('A client identifier that is an address (Client ID Metadata Document §3)', () => {
  it.each([
    'https://app.example/client.json',
    'https://app.example/',
    'https://app.example:8443/a?b=c',
    'https://app.example/a%20b..c/.well-known/x;y?next=%2Fhome',
    'http://localhost:3000/client.json',
    'http://127.0.0.1/x',
  ])('may be %s', (uri) => {
    expect([isMetadataUri(uri), metadataUriProblem(uri)]).toEqual([true, null]);
  });

  it.each([
    ['without a path', 'https://app.example'],
    ['with a dot segment', 'https://app.example/a/../client.json'],
    ['with a dot segment in disguise', 'https://app.example/a/%2e%2E/client.json'],
    ['with a dot segment that ends in an encoded slash', 'https://app.example/oauth/..%2ffiles/client.json'],
    ['with a dot segment that ends in an encoded backslash', 'https://app.example/oauth/..%5Cfiles/client.json'],
    ['with an encoded dot segment that ends so', 'https://app.example/oauth/%2e%2E%2ffiles/client.json'],
    ['with a dot segment encoded twice', 'https://app.example/oauth/%252e%252e/files/client.json'],
    ['with a dot segment that has a parameter', 'https://app.example/oauth/..;x/files/client.json'],
    ['with an encoded one that has a parameter', 'https://app.example/oauth/%2e%2e;/files/client.json'],
    ['with a fragment', 'https://app.example/client.json#x'],
    ['with an empty fragment', 'https://app.example/client.json#'],
    ['with a user name', 'https://ada@app.example/client.json'],
    ['in capitals', 'https://APP.example/client.json'],
    ['with the usual port', 'https://app.example:443/client.json'],
    ['with a backslash', 'https://app.example\\client.json'],
    ['with a line break', 'https://app.example/client\n.json'],
    ['with letters that must be encoded', 'https://app.example/ä'],
    ['with a number for a host', 'https://2130706433/client.json'],
    ['over plain http', 'http://app.example/client.json'],
    ['that is too long', `https://app.example/${'x'.repeat(500)}`],
    ['that is none', 'https://'],
  ])('may not be one %s', (_, uri) => {
    expect(metadataUriProblem(uri)).toEqual(expect.any(String));
  });

  it('is never given out here', () => {
    expect(isMetadataUri(newClientId())).toBe(false);
  });

  it('has one way to be written: of all that a browser opens as the same one at most may be used', () => {
    const spellings = (url: string) => {
      const [, scheme = '', host = '', rest = ''] = /^(https?):\/\/([^/?#]+)(.*)$/.exec(url) ?? [];
      const port = scheme === 'https' ? ':443' : ':80';
      const written = [scheme, scheme.toUpperCase()].flatMap((a) =>
        [host, host.toUpperCase(), host + port].flatMap((b) => [rest, `/.${rest}`].map((c) => `${a}://${b}${c}`)),
      );
      return [...new Set(written)].filter((one) => URL.canParse(one) && new URL(one).href === new URL(url).href);
    };
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['https'], withQueryParameters: true }), (url) => {
        const all = spellings(url);
        expect(all.length).toBeGreaterThan(1);
        expect(all.filter((one) => metadataUriProblem(one) === null).length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('A document is admitted', () => {
  it.each([
    ['anybody’s', 'https://evil.example/x', 'any', true],
    ['from a host', 'https://app.example/client.json', ['app.example'], true],
    ['from a host with a port', 'https://app.example:8443/client.json', ['app.example:8443'], true],
    ['from a folder', 'https://app.example/oauth/client.json', ['app.example/oauth/'], true],
    ['from one address', 'https://app.example/client.json', ['app.example/client.json'], true],
    ['not from one that begins as it does', 'https://app.example/client.json2', ['app.example/client.json'], false],
    ['not from below it', 'https://app.example/client.json/x', ['app.example/client.json'], false],
    ['not from it with a query', 'https://app.example/client.json?x', ['app.example/client.json'], false],
    ['not from beside the folder', 'https://app.example/files/client.json', ['app.example/oauth/'], false],
    ['not from another port', 'https://app.example:8443/client.json', ['app.example'], false],
    ['not from a host below', 'https://evil.app.example/client.json', ['app.example'], false],
    ['not from a host that begins so', 'https://app.example.evil.test/client.json', ['app.example'], false],
    ['not from a path that names it', 'https://evil.test/app.example/client.json', ['app.example', 'app.example/'], false],
    ['not where there is none', 'https://app.example/client.json', [], false],
  ] as const)('%s: %s by %o', (_, uri, admitted, expected) => {
    expect(isAdmitted(uri, admitted)).toBe(expected);
  });
});
