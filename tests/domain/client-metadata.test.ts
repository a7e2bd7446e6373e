import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settingsFromMetadata } from '../../src/domain/clients/client-metadata.js';
import { clientProblems } from '../../src/domain/clients/client-rules.js';
import type { ClientMetadata } from '../../src/domain/clients/metadata-members.js';
import { InvalidClient } from '../../src/domain/errors.js';

const uri = 'https://app.example/oauth/client.json';
const known = ['default', 'email', 'admin', 'clients:write', 'calendar:read'];
const metadata: ClientMetadata = { client_id: uri, client_name: 'Some app', redirect_uris: ['https://app.example/callback'] };
const settings = (changes: ClientMetadata = {}) => settingsFromMetadata(uri, { ...metadata, ...changes }, known);

describe('A client that describes itself (Client ID Metadata Document §4)', () => {
  it('is a public client that must use PKCE, rotates its refresh tokens and asks people, whatever it says', () => {
    const wishes = { consent: 'skip', pkce: 'optional', refresh: 'keep', type: 'confidential', access_token_lifetime: 10 };
    expect(settings(wishes)).toMatchObject({ type: 'public', pkce: 'required', refresh: 'rotate', consent: 'ask', accessTokenLifetime: null, logoUri: null });
  });

  it.each<[string, ClientMetadata, object]>([
    [
      'the documents of Claude Code',
      { client_name: 'Claude Code', redirect_uris: ['http://localhost/callback', 'http://127.0.0.1/callback'], token_endpoint_auth_method: 'none' },
      { name: 'Claude Code', redirectUris: ['http://localhost/callback', 'http://127.0.0.1/callback'] },
    ],
    [
      'of ChatGPT, which can authenticate with a key or with nothing',
      { token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'] },
      { type: 'public' },
    ],
    ['one without a name, under its host', { client_name: undefined }, { name: 'app.example' }],
    ['one with a name that nobody can read, under its host', { client_name: ' \u0000 ' }, { name: 'app.example' }],
    ['one with half of a character in its name, under its host', { client_name: 'x\ud83d' }, { name: 'app.example' }],
    ['one with a name longer than a line, under its host', { client_name: 'x'.repeat(101) }, { name: 'app.example' }],
    ['one whose name is no text, under its host', { client_name: { toString: 'x' } }, { name: 'app.example' }],
    ['a homepage at its own host', { client_uri: 'https://app.example/about' }, { homepageUri: 'https://app.example/about' }],
    ['no homepage at another', { client_uri: 'https://claude.ai/' }, { homepageUri: null }],
    [
      'redirect URIs that this server can use, without the others',
      { redirect_uris: ['javascript:alert(1)', 'https://app.example/callback', 'nodot:/x', 7, 'https://app.example/callback'] },
      { redirectUris: ['https://app.example/callback'] },
    ],
    ['both grants that serve a person where it names none', {}, { grantTypes: ['authorization_code', 'refresh_token'] }],
    ['only what it names', { grant_types: ['authorization_code', 'implicit', 'client_credentials'] }, { grantTypes: ['authorization_code'] }],
    ['every scope but those of the API of this server', {}, { scopes: ['default', 'email', 'calendar:read'] }],
    ['of the scopes that it names those that are known', { scope: 'openid email admin' }, { scopes: ['email'] }],
  ])('is taken with %s', (_, changes, expected) => {
    expect(settings(changes)).toMatchObject(expected);
  });

  it.each<[string, ClientMetadata, string]>([
    ['is about another client_id', { client_id: `${uri}/` }, 'another client_id'],
    ['has none', { client_id: undefined }, 'another client_id'],
    ['holds a secret', { client_secret: 'x' }, 'a secret'],
    ['wants a secret', { token_endpoint_auth_method: 'client_secret_basic' }, 'authenticate'],
    [
      'can authenticate with a key alone',
      { token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_methods_supported: ['private_key_jwt'] },
      'authenticate',
    ],
    ['names no redirect URI', { redirect_uris: undefined }, 'redirect URI'],
    ['names none that can be used', { redirect_uris: ['data:text/html,x'] }, 'redirect URI'],
    ['leaves out the code', { grant_types: ['refresh_token'] }, 'authorization_code'],
    ['names only scopes that are not here', { scope: 'openid' }, 'scope'],
    ['names a scope that is no text', { scope: ['email'] }, 'scope'],
  ])('is refused where its document %s', (_, changes, reason) => {
    expect(() => settings(changes)).toThrow(new RegExp(`describes itself at app\\.example.*${reason}`));
    expect(() => settings(changes)).toThrow(InvalidClient);
  });

  it('has settings that could be registered, or is refused, whatever a document holds', () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('none', 'https://app.example/callback', ['https://app.example/callback', 'http://localhost/x'], ['authorization_code']),
    );
    const members = [
      'client_name',
      'redirect_uris',
      'grant_types',
      'scope',
      'client_uri',
      'token_endpoint_auth_method',
      'token_endpoint_auth_methods_supported',
    ];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...members), value), (changes) => {
        try {
          expect(
            clientProblems(
              settings(changes),
              known.map((name) => ({ name })),
            ),
          ).toEqual([]);
        } catch (error) {
          if (!(error instanceof InvalidClient)) throw error;
        }
      }),
      { numRuns: 2000 },
    );
  });
});
