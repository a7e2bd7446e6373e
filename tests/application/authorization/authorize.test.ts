import { beforeEach, describe, expect, it } from 'vitest';
import { Authorize, type AuthorizeInput } from '../../../src/application/authorization/authorize.js';
import type { ChosenSettings } from '../../../src/application/clients/default-settings.js';
import type { Client } from '../../../src/domain/clients/client.js';
import { aWorld, callback, type World } from '../../support/world.js';

const other = 'https://app.example/other';
const loopback = 'http://127.0.0.1/callback';

describe('Authorize', () => {
  let world: World;
  let client: Client;
  const authorize = (changes: Partial<AuthorizeInput> = {}, by = client) => world.resolve(Authorize).execute(world.asks(by, changes));

  beforeEach(async () => {
    world = aWorld();
    client = (await world.client()).client;
  });

  it('keeps a request that is in order, for 30 minutes', async () => {
    const result = await authorize({ resources: ['https://api.example/'] });
    const now = world.clock.now();
    const request = {
      id: expect.any(String),
      clientId: client.id,
      redirectUri: callback,
      redirectUriNamed: true,
      scopes: ['default', 'email'],
      resources: ['https://api.example/'],
      state: 'some state',
      codeChallenge: world.challenge,
      prompts: [],
      maxAge: null,
      loginHint: null,
      chosenBy: null,
      createdAt: now,
      expiresAt: new Date(now.getTime() + 1_800_000),
      decision: null,
    };
    expect(result).toEqual({ outcome: 'kept', request });
    expect(await world.storage.authorizationRequests.find('request' in result ? result.request.id : '')).toEqual(request);
  });

  /** Nothing is kept and nobody is redirected: "MUST NOT automatically redirect the user-agent to the invalid redirection URI". */
  describe('shows a page while it does not know where the client lives (RFC 6749 §4.1.2.1):', () => {
    it.each<[string, ChosenSettings, Partial<AuthorizeInput>, string]>([
      ['no client_id', {}, { clientId: null }, 'invalid_request'],
      ['a client_id that nobody has', {}, { clientId: 'nobody' }, 'invalid_client'],
      ['a redirect_uri that is not registered', {}, { redirectUri: 'https://evil.example/' }, 'invalid_request'],
      ['a redirect_uri with a slash more (RFC 9700 §2.1)', {}, { redirectUri: `${callback}/` }, 'invalid_request'],
      ['a redirect_uri with a query more', {}, { redirectUri: `${callback}?next=https://evil.example` }, 'invalid_request'],
      ['a redirect_uri in another case', {}, { redirectUri: 'https://APP.example/callback' }, 'invalid_request'],
      ['a redirect_uri with a port more, where it is not loopback', {}, { redirectUri: 'https://app.example:443/callback' }, 'invalid_request'],
      ['a loopback redirect_uri with another path', { redirectUris: [loopback] }, { redirectUri: 'http://127.0.0.1:5000/other' }, 'invalid_request'],
      ['localhost where 127.0.0.1 is registered', { redirectUris: [loopback] }, { redirectUri: 'http://localhost:5000/callback' }, 'invalid_request'],
      ['javascript:', {}, { redirectUri: 'javascript:alert(1)' }, 'invalid_request'],
      ['no redirect_uri from a client that registered two', { redirectUris: [callback, other] }, { redirectUri: null }, 'invalid_request'],
      ['no redirect_uri from a client that registered none', { redirectUris: [] }, { redirectUri: null }, 'invalid_request'],
      [
        'a wrong redirect_uri and everything else wrong too',
        {},
        { redirectUri: other, responseType: 'token', scope: '"', malformed: 'broken' },
        'invalid_request',
      ],
    ])('%s', async (_, settings, changes, code) => {
      const own = (await world.client(settings)).client;
      await expect(authorize(changes, own)).rejects.toMatchObject({ code });
    });

    it('a disabled client', async () => {
      await world.storage.clients.setDisabled(client.id, { at: world.clock.now(), by: 'house' });
      await expect(authorize()).rejects.toMatchObject({ code: 'invalid_client' });
    });
  });

  describe('sends the error to the client with its state once it knows (RFC 6749 §4.1.2.1):', () => {
    it.each<[string, ChosenSettings, Partial<AuthorizeInput>, string]>([
      ['what could not be read, such as a repeated parameter (RFC 6749 §3.1)', {}, { malformed: 'scope was sent more than once' }, 'invalid_request'],
      ['no response_type (RFC 6749 §3.1.1)', {}, { responseType: null }, 'invalid_request'],
      ['response_type=token: the implicit grant is gone (RFC 9700 §2.1.2)', {}, { responseType: 'token' }, 'unsupported_response_type'],
      ['a request object (RFC 9101), whatever is beside it', {}, { requestObject: 'eyJhbGciOiJub25lIn0.e30.' }, 'request_not_supported'],
      ['response_type=code token', {}, { responseType: 'code token' }, 'unsupported_response_type'],
      ['response_type=CODE', {}, { responseType: 'CODE' }, 'unsupported_response_type'],
      ['a client that may not use authorization_code', { grantTypes: ['client_credentials'] }, {}, 'unauthorized_client'],
      ['a scope that the client may not have (RFC 6749 §3.3)', { scopes: ['default'] }, { scope: 'default email' }, 'invalid_scope'],
      ['a scope that nobody knows', {}, { scope: 'no-such-scope' }, 'invalid_scope'],
      ['a scope with a character that is not allowed (RFC 6749 §3.3)', {}, { scope: 'default "' }, 'invalid_scope'],
      ['a resource that is not absolute (RFC 8707 §2)', {}, { resources: ['api'] }, 'invalid_target'],
      ['a resource with a fragment (RFC 8707 §2)', {}, { resources: ['https://api.example/#x'] }, 'invalid_target'],
      ['no code_challenge from a client that must use PKCE (RFC 7636 §4.4.1)', {}, { codeChallenge: null, codeChallengeMethod: null }, 'invalid_request'],
      ['no code_challenge from a public client (RFC 9700 §2.1.1)', { type: 'public' }, { codeChallenge: null, codeChallengeMethod: null }, 'invalid_request'],
      ['code_challenge_method without a code_challenge', { pkce: 'optional' }, { codeChallenge: null }, 'invalid_request'],
      ['a code_challenge without a method, which would mean plain (RFC 7636 §4.3)', {}, { codeChallengeMethod: null }, 'invalid_request'],
      ['a code_challenge without a method from a client that opted out', { pkce: 'optional' }, { codeChallengeMethod: null }, 'invalid_request'],
      ['code_challenge_method=plain (RFC 7636 §4.4.1)', {}, { codeChallengeMethod: 'plain' }, 'invalid_request'],
      ['code_challenge_method=s256', {}, { codeChallengeMethod: 's256' }, 'invalid_request'],
      ['a code_challenge that cannot be a SHA-256 (RFC 7636 §4.2)', {}, { codeChallenge: 'a' }, 'invalid_request'],
      ['a code_challenge of 44 characters', {}, { codeChallenge: 'A'.repeat(44) }, 'invalid_request'],
      ['a code_challenge that is padded', {}, { codeChallenge: `${'A'.repeat(42)}=` }, 'invalid_request'],
      ['prompt=none with another value (OpenID Connect Core §3.1.2.1)', {}, { prompt: 'none login' }, 'invalid_request'],
    ])('%s', async (_, settings, changes, code) => {
      const own = (await world.client(settings)).client;
      expect(await authorize(changes, own)).toMatchObject({ outcome: 'refused', redirectUri: callback, state: 'some state', error: { code } });
    });

    it('where its state is longer than 2,048 bytes, so that strangers cannot have much kept; up to there it is echoed byte for byte', async () => {
      const longest = 'é'.repeat(1024);
      expect(await authorize({ state: longest })).toMatchObject({ outcome: 'kept', request: { state: longest } });
      const state = `${longest}x`;
      expect(await authorize({ state })).toMatchObject({ outcome: 'refused', state, error: { code: 'invalid_request' } });
    });

    it('where its resources are longer than 4,096 characters in all', async () => {
      const resources = Array.from({ length: 5 }, (_, index) => `https://api.example/${index}`.padEnd(1000, 'x'));
      expect(await authorize({ resources: resources.slice(1) })).toMatchObject({ outcome: 'kept' });
      expect(await authorize({ resources })).toMatchObject({ outcome: 'refused', error: { code: 'invalid_target' } });
    });

    it('also where it left out its redirect_uri and its state', async () => {
      expect(await authorize({ redirectUri: null, state: null, responseType: null })).toMatchObject({ outcome: 'refused', redirectUri: callback, state: null });
    });

    it('also at the loopback port of this very request (RFC 8252 §7.3)', async () => {
      const own = (await world.client({ type: 'public', redirectUris: [loopback] })).client;
      expect(await authorize({ redirectUri: 'http://127.0.0.1:51004/callback', scope: 'no-such-scope' }, own)).toMatchObject({
        redirectUri: 'http://127.0.0.1:51004/callback',
      });
    });

    it('in characters that error_description may hold (RFC 6749 §4.1.2.1)', async () => {
      const result = await authorize({ scope: "no-such <b>'\\" });
      expect(result).toMatchObject({ outcome: 'refused', error: { code: 'invalid_scope' } });
      expect('error' in result && result.error.description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
    });

    it('without repeating at length what was asked', async () => {
      const result = await authorize({ scope: Array.from({ length: 1000 }, (_, index) => `scope-${index}`).join(' ') });
      expect('error' in result && result.error.description.length).toBeLessThan(300);
    });
  });

  it('leaves a failure of the store to the edge', async () => {
    world.storage.authorizationRequests.add = () => Promise.reject(new Error('away'));
    await expect(authorize()).rejects.toThrow('away');
  });

  describe('takes', () => {
    it.each([
      ['the loopback address with any port (RFC 8252 §7.3)', 'http://127.0.0.1:51004/callback'],
      ['the loopback address as it was registered', loopback],
    ])('%s', async (_, redirectUri) => {
      const own = (await world.client({ type: 'public', redirectUris: [loopback] })).client;
      expect(await authorize({ redirectUri }, own)).toMatchObject({ outcome: 'kept', request: { redirectUri, redirectUriNamed: true } });
    });

    it('the only registered redirect URI where none is named (RFC 6749 §3.1.2.3)', async () => {
      expect(await authorize({ redirectUri: null })).toMatchObject({ request: { redirectUri: callback, redirectUriNamed: false } });
    });

    it('the default scope where none is named (RFC 6749 §3.3)', async () => {
      for (const scope of [null, ' ']) expect(await authorize({ scope })).toMatchObject({ request: { scopes: ['default'] } });
    });

    it('all that is allowed where none is named and the default is not allowed', async () => {
      const own = (await world.client({ scopes: ['email', 'profile'] })).client;
      expect(await authorize({ scope: null }, own)).toMatchObject({ request: { scopes: ['email', 'profile'] } });
    });

    it('no challenge from a confidential client that opted out', async () => {
      const own = (await world.client({ pkce: 'optional' })).client;
      expect(await authorize({ codeChallenge: null, codeChallengeMethod: null }, own)).toMatchObject({ request: { codeChallenge: null } });
    });

    it('several prompts, and passes over those it does not know', async () => {
      expect(await authorize({ prompt: 'login consent create select_account' })).toMatchObject({
        request: { prompts: ['login', 'consent', 'select_account'] },
      });
    });

    it('the same resource twice as one', async () => {
      expect(await authorize({ resources: ['https://api.example/', 'https://api.example/'] })).toMatchObject({
        request: { resources: ['https://api.example/'] },
      });
    });
  });
});
