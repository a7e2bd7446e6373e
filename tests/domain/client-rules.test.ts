import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redirectUriProblem } from '../../src/domain/authorization/redirect-uri.js';
import { type ClientSettings, grantTypes } from '../../src/domain/clients/client.js';
import { clientProblems } from '../../src/domain/clients/client-rules.js';
import { someCatalogue, someSettings } from '../application/some.js';

const publicClient = { type: 'public' } as const;
const machine = { redirectUris: [], grantTypes: ['client_credentials'] } as const;

const saved: readonly (readonly [what: string, changes: Partial<ClientSettings>])[] = [
  ['a confidential client', {}],
  ['a public client', publicClient],
  ['a machine without a redirect URI', machine],
  ['a client that acts for people and for itself', { grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'] }],
  ['a confidential client without PKCE and with a refresh token that stays (Zapier)', { pkce: 'optional', refresh: 'keep' }],
  ['scopes that people may leave out', { optionalScopes: ['profile'] }],
  ['a name of 100 characters', { name: 'n'.repeat(100) }],
  ['a description with line breaks', { description: 'One.\nTwo.' }],
  ['a homepage and a logo', { homepageUri: 'https://app.example', logoUri: 'https://app.example/logo.png' }],
  ['lifetimes at both ends', { accessTokenLifetime: 60, refreshTokenIdleLifetime: 3600, refreshTokenAbsoluteLifetime: 10 * 365 * 24 * 3600 }],
];

const refused: readonly (readonly [field: string, what: string, changes: Partial<ClientSettings>])[] = [
  ['name', 'no name', { name: '' }],
  ['name', 'a name of spaces', { name: '   ' }],
  ['name', 'a long name', { name: 'n'.repeat(101) }],
  ['name', 'a line break in the name', { name: 'Some\napp' }],
  ['name', 'an escape sequence in the name', { name: 'Some\u001b[2Japp' }],
  ['description', 'a long description', { description: 'd'.repeat(1001) }],
  ['description', 'a NUL in the description', { description: 'a\0b' }],
  ['homepageUri', 'a homepage that runs', { homepageUri: 'javascript:alert(1)' }],
  ['homepageUri', 'a homepage with a space', { homepageUri: 'https://app.example/a b' }],
  ['logoUri', 'a logo in itself', { logoUri: 'data:image/png;base64,AAAA' }],
  ['redirectUris', 'a redirect URI with a fragment', { redirectUris: ['https://app.example/cb#x'] }],
  ['redirectUris', 'plain http off loopback', { redirectUris: ['http://app.example/cb'] }],
  ['redirectUris', 'no redirect URI to come back to', { redirectUris: [] }],
  ['redirectUris', '51 redirect URIs', { redirectUris: Array.from({ length: 51 }, (_, index) => `https://app.example/${index}`) }],
  ['scopes', 'a scope outside the catalogue', { scopes: ['default', 'root'] }],
  ['scopes', 'no scope', { scopes: [] }],
  ['optionalScopes', 'an optional scope that it may not ask for', { optionalScopes: ['email'] }],
  ['grantTypes', 'no grant type', { grantTypes: [] }],
  ['grantTypes', 'refreshing without a grant of a person', { redirectUris: [], grantTypes: ['client_credentials', 'refresh_token'] }],
  ['grantTypes', 'client_credentials for a public client (RFC 6749 §4.4)', { ...publicClient, grantTypes: ['authorization_code', 'client_credentials'] }],
  ['pkce', 'a public client without PKCE (RFC 9700 §2.1.1)', { ...publicClient, pkce: 'optional' }],
  ['refresh', 'a public client whose refresh token stays (RFC 9700 §2.2.2)', { ...publicClient, refresh: 'keep' }],
  ['accessTokenLifetime', 'a lifetime under a minute', { accessTokenLifetime: 59 }],
  ['accessTokenLifetime', 'a lifetime of no number', { accessTokenLifetime: Number.NaN }],
  ['refreshTokenIdleLifetime', 'half a second', { refreshTokenIdleLifetime: 3600.5 }],
  ['refreshTokenAbsoluteLifetime', 'a lifetime over ten years', { refreshTokenAbsoluteLifetime: 10 * 365 * 24 * 3600 + 1 }],
];

describe('clientProblems', () => {
  it.each(saved)('lets %s be saved', (_, changes) => {
    expect(clientProblems(someSettings(changes), someCatalogue)).toEqual([]);
  });

  it.each(refused)('refuses at %s: %s', (field, _, changes) => {
    const problems = clientProblems(someSettings(changes), someCatalogue);
    expect(problems.map((problem) => problem.field)).toEqual([field]);
    expect(problems[0]?.message).not.toBe('');
  });

  it('tells every problem at once, each redirect URI by itself', () => {
    const problems = clientProblems(
      someSettings({ name: '', redirectUris: ['https://app.example/cb', 'http://app.example/cb', 'javascript:x'], scopes: ['root'] }),
      someCatalogue,
    );
    expect(problems.map((problem) => problem.field)).toEqual(['name', 'redirectUris', 'redirectUris', 'scopes']);
    expect(problems[1]?.message).toContain('"http://app.example/cb"');
  });

  it('quotes what was typed, so that a control character in it does no harm', () => {
    const [problem] = clientProblems(someSettings({ redirectUris: ['java\u001bscript:x'] }), someCatalogue);
    expect(problem?.message).not.toMatch(/\p{Cc}/u);
  });

  it('lets through no public client that could do without PKCE, keep its refresh token or act for itself', () => {
    fc.assert(
      fc.property(anySettings(), (settings) => {
        if (clientProblems(settings, someCatalogue).length > 0 || settings.type !== 'public') return;
        expect(settings).toMatchObject({ pkce: 'required', refresh: 'rotate' });
        expect(settings.grantTypes).not.toContain('client_credentials');
      }),
      { numRuns: 1000 },
    );
  });

  it('lets through only scopes of the catalogue and redirect URIs that can be registered', () => {
    fc.assert(
      fc.property(anySettings(), (settings) => {
        if (clientProblems(settings, someCatalogue).length > 0) return;
        expect(settings.redirectUris.filter((uri) => redirectUriProblem(uri) !== null)).toEqual([]);
        expect(settings.scopes.filter((scope) => !someCatalogue.some((entry) => entry.name === scope))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});

function anySettings(): fc.Arbitrary<ClientSettings> {
  return fc
    .record({
      type: fc.constantFrom('confidential', 'public'),
      redirectUris: fc.array(fc.constantFrom('https://app.example/cb', 'http://127.0.0.1/cb', 'http://app.example/cb', 'javascript:x'), { maxLength: 2 }),
      grantTypes: fc.uniqueArray(fc.constantFrom(...grantTypes)),
      scopes: fc.uniqueArray(fc.constantFrom('default', 'profile', 'root')),
      pkce: fc.constantFrom('required', 'optional'),
      refresh: fc.constantFrom('rotate', 'keep'),
    })
    .map(someSettings);
}
