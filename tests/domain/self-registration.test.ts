import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAdmittedRedirect } from '../../src/domain/clients/admitted-redirects.js';
import { clientProblems } from '../../src/domain/clients/client-rules.js';
import type { ClientMetadata } from '../../src/domain/clients/metadata-members.js';
import { identifierOf, isSelfRegistered, registrationFrom, registrationIn, settingsFromRegistration } from '../../src/domain/clients/self-registration.js';
import { InvalidClientMetadata, InvalidRedirectUri } from '../../src/domain/errors.js';

const metadata: ClientMetadata = { client_name: 'Some tool', redirect_uris: ['http://127.0.0.1:49152/callback'] };
const registered = (changes: ClientMetadata = {}) => registrationFrom({ ...metadata, ...changes });
const identifier = (changes: ClientMetadata = {}) => identifierOf(registered(changes));

describe('A client that registers itself (RFC 7591)', () => {
  it.each<[string, ClientMetadata, object]>([
    ['its name', {}, { name: 'Some tool' }],
    ['where people go in place of a name', { client_name: undefined, redirect_uris: ['https://app.example/x'] }, { name: 'app.example' }],
    ['that in place of one that cannot be shown', { client_name: 'x\u0000' }, { name: '127.0.0.1' }],
    ['that in place of one that was broken on its way', { client_name: 'Some t\ufffd' }, { name: '127.0.0.1' }],
    [
      'what it would have where it leaves out what is null',
      { grant_types: null, response_types: null, token_endpoint_auth_method: null },
      { grantTypes: ['authorization_code', 'refresh_token'] },
    ],
    ['loopback redirect URIs without their ports', {}, { redirectUris: ['http://127.0.0.1/callback'] }],
    [
      'redirect URIs that can be used, without the others',
      { redirect_uris: ['javascript:alert(1)', 'cursor://x/callback', 7] },
      { redirectUris: ['cursor://x/callback'] },
    ],
    ['both grants that serve a person where it names none', {}, { grantTypes: ['authorization_code', 'refresh_token'] }],
    ['of the grants it names those that serve a person', { grant_types: ['authorization_code', 'implicit'] }, { grantTypes: ['authorization_code'] }],
    ['what it has no word for', { client_name: 'Some tool', jwks: {}, contacts: 7, logo_uri: 'https://x.example' }, { name: 'Some tool' }],
    ['one that would authenticate with a secret', { token_endpoint_auth_method: 'client_secret_post' }, { name: 'Some tool' }],
  ])('is taken with %s', (_, changes, expected) => {
    expect(registered(changes)).toMatchObject(expected);
  });

  it.each<[string, ClientMetadata, typeof InvalidRedirectUri | typeof InvalidClientMetadata, string]>([
    ['names no redirect URI', { redirect_uris: undefined }, InvalidRedirectUri, 'redirect_uris'],
    ['names none that can be used', { redirect_uris: ['data:text/html,x', 'http://app.example/'] }, InvalidRedirectUri, 'redirect_uris'],
    ['names this device otherwise', { redirect_uris: ['http://127.1:7/', 'HTTP://localhost:7/', 'http://LOCALHOST/'] }, InvalidRedirectUri, 'redirect_uris'],
    ['must authenticate with a key', { token_endpoint_auth_method: 'private_key_jwt' }, InvalidClientMetadata, 'token_endpoint_auth_method'],
    ['has ways to authenticate in a list', { token_endpoint_auth_method: ['none'] }, InvalidClientMetadata, 'token_endpoint_auth_method'],
    ['has one that cannot be written', { token_endpoint_auth_method: { toString: 1, valueOf: 1 } }, InvalidClientMetadata, 'token_endpoint_auth_method'],
    ['has a way to authenticate that is no text', { token_endpoint_auth_method: {} }, InvalidClientMetadata, 'token_endpoint_auth_method'],
    ['wants tokens without a code', { response_types: ['token'] }, InvalidClientMetadata, 'response_types'],
    ['acts for itself', { grant_types: ['client_credentials'] }, InvalidClientMetadata, 'grant_types'],
  ])('is refused where it %s', (_, changes, error, word) => {
    expect(() => registered(changes)).toThrow(error);
    expect(() => registered(changes)).toThrow(word);
  });

  it('is refused where its identifier would be too long to be kept with every token', () => {
    const redirect_uris = Array.from({ length: 20 }, (_, at) => `https://app.example/${at}/callback`);
    expect(() => identifier({ redirect_uris })).toThrow(InvalidClientMetadata);
  });

  it('gets the same identifier each time, whatever ports it has and in whatever order it names them', () => {
    const one = identifier({ redirect_uris: ['http://localhost:1/a', 'https://app.example/b'] });
    expect(identifier({ redirect_uris: ['https://app.example/b', 'http://localhost:65535/a', 'http://localhost:2/a'], contacts: ['x'] })).toBe(one);
    expect(identifier({ client_name: 'Another tool' })).not.toBe(identifier());
    expect(identifier({ grant_types: ['authorization_code'] })).not.toBe(identifier());
  });

  it('is known by its identifier alone', () => {
    expect(registrationIn(identifier())).toEqual(registered());
    expect(identifier()).toMatch(/^self_[\w-]+$/);
    expect([identifier(), 'self_x', 'https://app.example/', 'f81d4fae'].map(isSelfRegistered)).toEqual([true, true, false, false]);
  });

  const encoded = (text: string) => `self_${Buffer.from(text).toString('base64url')}`;

  it.each([
    ['nothing', 'self_'],
    ['no base64url', 'self_%%%'],
    ['no JSON', encoded('{')],
    ['null', encoded('null')],
    ['a list', encoded('[]')],
    ['another order', encoded('{"redirect_uris":["https://app.example/"],"client_name":"x"}')],
    ['a space', encoded('{"client_name":"x", "redirect_uris":["https://app.example/"]}')],
    ['another member', encoded('{"client_name":"x","redirect_uris":["https://app.example/"],"scope":"admin"}')],
    ['a port', encoded('{"client_name":"x","redirect_uris":["http://localhost:7/"]}')],
    ['a redirect URI that is not allowed', encoded('{"client_name":"x","redirect_uris":["javascript:alert(1)"]}')],
    ['padding', `${encoded('{"client_name":"x","redirect_uris":["https://app.example/"]}')}=`],
  ])('is not known by one that holds %s', (_, clientId) => {
    expect(registrationIn(clientId)).toBeNull();
  });

  it('is not known by any text but the one it was given, whatever it registered', () => {
    const uris = fc.uniqueArray(fc.constantFrom('http://localhost:7/x', 'https://app.example/', 'cursor://x/y', 'com.example:/z'), { minLength: 1 });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), uris, fc.boolean(), fc.nat(), (client_name, redirect_uris, refreshes, place) => {
        const asked = registered({ client_name, redirect_uris, ...(!refreshes && { grant_types: ['authorization_code'] }) });
        let id: string;
        try {
          id = identifierOf(asked);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidClientMetadata);
          return;
        }
        expect(registrationIn(id)).toEqual(asked);
        const at = 'self_'.length + (place % (id.length - 'self_'.length));
        const spoilt = id.slice(0, at) + (id[at] === 'A' ? 'B' : 'A') + id.slice(at + 1);
        const other = registrationIn(spoilt);
        expect(other === null || identifierOf(other) === spoilt).toBe(true);
        expect(other).not.toEqual(asked);
      }),
      { numRuns: 1000 },
    );
  });

  it('has settings that could be registered, and may ask for the scopes that are open', () => {
    const settings = settingsFromRegistration(registered(), 'any', ['default', 'email']);
    expect(settings).toMatchObject({ type: 'public', pkce: 'required', refresh: 'rotate', consent: 'ask', scopes: ['default', 'email'], logoUri: null });
    expect(settings && clientProblems(settings, [{ name: 'default' }, { name: 'email' }])).toEqual([]);
  });

  it('sends people only where that is still admitted', () => {
    const both = registered({ redirect_uris: ['http://localhost/x', 'https://app.example/y'] });
    expect(settingsFromRegistration(both, ['loopback'], [])?.redirectUris).toEqual(['http://localhost/x']);
    expect(settingsFromRegistration(both, [], [])).toBeNull();
  });
});

describe('A redirect URI of a client that registers itself', () => {
  const admitted = ['loopback', 'cursor:', 'app.example', 'other.example/apps/', 'third.example/redirect'];

  it.each([
    'http://127.0.0.1:49152/callback',
    'http://[::1]/',
    'http://localhost',
    'cursor://anysphere.cursor-mcp/oauth/callback',
    'https://app.example/anything',
    'https://other.example/apps/callback',
    'https://third.example/redirect',
    `https://app.example/${'x'.repeat(600)}`,
  ])('may be %s', (uri) => {
    expect(isAdmittedRedirect(uri, admitted)).toBe(true);
    expect(isAdmittedRedirect(uri, 'any')).toBe(true);
    expect(isAdmittedRedirect(uri, [])).toBe(false);
    expect(settingsFromRegistration(registered({ redirect_uris: [uri] }), admitted, [])?.redirectUris).toHaveLength(1);
  });

  it.each([
    'https://evil.example/',
    'https://app.example.evil.example/',
    'https://app.example:8443/',
    'https://evil.example/app.example/',
    'https://other.example/',
    'https://other.example/apps/../callback',
    'https://other.example/apps/%2e%2e/callback',
    'https://other.example/apps/..;/callback',
    'https://other.example/apps',
    'https://app.example/redirect?url=https://evil.example',
    'https://third.example/redirect/mcp/install',
    'https://third.example/redirect/',
    'https://third.example/redirect?url=https://evil.example',
    'https://APP.example/anything',
    'https://app.example:443/anything',
    'https://localhost/callback',
    'https://loopback/callback',
    'vscode://x/callback',
    'com.example.app:/callback',
  ])('may not be %s where it is not admitted', (uri) => {
    expect(isAdmittedRedirect(uri, admitted)).toBe(false);
    expect(settingsFromRegistration(registered({ redirect_uris: [uri] }), admitted, [])).toBeNull();
  });
});
