import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { GiveGrant } from '../../../src/application/authorization/give-grant.js';
import type { ChosenSettings } from '../../../src/application/clients/default-settings.js';
import { EditClient } from '../../../src/application/clients/edit-client.js';
import { DisableUser } from '../../../src/application/people/disable-user.js';
import { Authenticate } from '../../../src/application/tokens/authenticate.js';
import type { ExchangeCodeInput } from '../../../src/application/tokens/exchange-code.js';
import { RefreshToken } from '../../../src/application/tokens/refresh-token.js';
import type { Client } from '../../../src/domain/clients/client.js';
import type { User } from '../../../src/domain/people/user.js';
import { mintToken, parseToken } from '../../../src/domain/tokens/opaque-token.js';
import { forgedToken, tokenOfKind } from '../../support/forged-token.js';
import { pkce } from '../../support/pkce.js';
import { aWorld, callback, codeOf, type World } from '../../support/world.js';

let world: World;
let ada: User;
let client: Client;
let code: string;

const exchange = (changes: Partial<ExchangeCodeInput> = {}) => world.exchange(client, code, changes);
const authenticate = (token: string) => world.resolve(Authenticate).execute({ token });
const refresh = (refreshToken: string) => world.resolve(RefreshToken).execute({ client, refreshToken, scopes: null, resources: [] });
const grantOf = async (text: string) => world.storage.grants.find((await world.storage.authorizationCodes.find(parseToken(text)?.id ?? ''))?.grantId ?? '');
const invalidGrant = { code: 'invalid_grant' };

beforeEach(async () => {
  world = aWorld();
  ada = await world.person();
  client = (await world.client()).client;
  code = await world.code(client, ada);
});

describe('ExchangeCode answers', () => {
  it('with an access token, its lifetime, a refresh token and the granted scope (RFC 6749 §5.1)', async () => {
    const answer = await exchange();
    expect(answer).toEqual({
      accessToken: expect.stringMatching(/^kw_at_/),
      expiresIn: 3600,
      refreshToken: expect.stringMatching(/^kw_rt_/),
      scopes: ['default', 'email'],
      tokenId: parseToken(answer.accessToken)?.id,
      refreshTokenId: parseToken(answer.refreshToken ?? '')?.id,
      userId: ada.id,
      grantId: expect.any(String),
    });
    expect(await authenticate(answer.accessToken)).toMatchObject({
      active: true,
      user: { id: ada.id },
      client: { id: client.id },
      token: { scopes: ['default', 'email'] },
    });
  });

  it('without what was taken from the client since the person allowed it; the refresh token keeps it for when it is given back', async () => {
    const change = (scopes: string[]) => world.resolve(EditClient).execute({ actor: 'operator', clientId: client.id, changes: { scopes } });
    const answer = await exchange({ client: await change(['default']) });
    expect(answer.scopes).toEqual(['default']);
    client = await change(['default', 'email']);
    expect((await refresh(answer.refreshToken ?? '')).scopes).toEqual(['default', 'email']);
  });

  it('with the lifetimes of the client where it has its own', async () => {
    const own = (await world.client({ accessTokenLifetime: 90 })).client;
    const { accessToken, expiresIn } = await exchange({ client: own, code: await world.code(own, ada) });
    expect(expiresIn).toBe(90);
    world.clock.pass(89.999);
    expect(await authenticate(accessToken)).toMatchObject({ active: true });
    world.clock.pass(0.001);
    expect(await authenticate(accessToken)).toEqual({ active: false, reason: 'expired' });
  });

  it('without a refresh token where the client may not use one (RFC 6749 §1.5)', async () => {
    const once = (await world.client({ grantTypes: ['authorization_code'] })).client;
    expect(await exchange({ client: once, code: await world.code(once, ada) })).toMatchObject({ refreshToken: null });
  });

  it('keeps the digests of what it hands out and nothing that could be presented', async () => {
    const { accessToken, refreshToken } = await exchange();
    const [at, rt] = [parseToken(accessToken), parseToken(refreshToken ?? '')].map((token) => ({
      id: token?.id ?? '',
      secret: Buffer.from(token?.secret ?? []),
    }));
    for (const [token, stored] of [
      [at, await world.storage.accessTokens.find(at?.id ?? '')],
      [rt, await world.storage.refreshTokens.find(rt?.id ?? '')],
    ] as const) {
      const dump = JSON.stringify(stored, (_, value) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value));
      expect(dump).toContain(
        createHash('sha256')
          .update(token?.secret ?? '')
          .digest('hex'),
      );
      expect(dump).not.toContain(token?.secret.toString('hex'));
    }
  });
});

describe('ExchangeCode refuses what the client may no longer have:', () => {
  it.each<[string, ChosenSettings, string]>([
    ['an address taken from it', { redirectUris: ['https://app.example/other'] }, 'invalid_grant'],
    ['every scope taken from it', { scopes: ['profile'] }, 'invalid_scope'],
  ])('%s, and leaves the code good', async (_, changes, error) => {
    const edited = await world.resolve(EditClient).execute({ actor: 'operator', clientId: client.id, changes });
    await expect(exchange({ client: edited })).rejects.toMatchObject({ code: error });
    await expect(exchange()).resolves.toBeDefined();
  });
});

describe('ExchangeCode refuses', () => {
  it('a client that may not use authorization_code (RFC 6749 §5.2)', async () => {
    const machine = { ...client, grantTypes: ['client_credentials'] } as const;
    await expect(exchange({ client: machine })).rejects.toMatchObject({ code: 'unauthorized_client' });
    await expect(exchange()).resolves.toBeDefined();
  });

  it.each([
    ['what is no token', () => 'nonsense'],
    ['nothing', () => ''],
    ['a code with a character changed', () => (code.endsWith('A') ? `${code.slice(0, -1)}B` : `${code.slice(0, -1)}A`)],
    ['a code that was cut', () => code.slice(0, -1)],
    ['a code that nobody issued', () => mintToken('ac', world.clock.now()).token],
    ['a refresh token in place of a code', () => tokenOfKind('rt', code)],
    ['the selector of a code with another secret', () => forgedToken(code)],
  ])('%s as invalid_grant (RFC 6749 §5.2)', async (_, presented) => {
    await expect(exchange({ code: presented() })).rejects.toMatchObject(invalidGrant);
    await expect(exchange()).resolves.toBeDefined();
  });

  it('a code issued to another client, and does not consume it (RFC 6749 §4.1.3)', async () => {
    const thief = (await world.client()).client;
    await expect(exchange({ client: thief })).rejects.toMatchObject(invalidGrant);
    await expect(exchange()).resolves.toBeDefined();
  });

  it('a code issued to another client also when it was consumed or has expired, and revokes nothing (RFC 6749 §4.1.3)', async () => {
    const thief = (await world.client()).client;
    const { accessToken } = await exchange();
    await expect(exchange({ client: thief })).rejects.toMatchObject(invalidGrant);
    world.clock.pass(61);
    await expect(exchange({ client: thief })).rejects.toMatchObject(invalidGrant);
    expect(await authenticate(accessToken)).toMatchObject({ active: true });
  });

  it('a person who was disabled meanwhile', async () => {
    await world.storage.users.setDisabled(ada.id, world.clock.now());
    await expect(exchange()).rejects.toMatchObject(invalidGrant);
  });

  it('a code whose grant was revoked before it was used', async () => {
    await world.resolve(DisableUser).execute({ actor: 'operator', user: ada });
    await world.storage.users.setDisabled(ada.id, null);
    await expect(exchange()).rejects.toMatchObject({ ...invalidGrant, description: 'the authorization has ended' });
  });

  it('a code whose client was removed', async () => {
    await world.storage.clients.remove(client.id, world.clock.now());
    await expect(exchange()).rejects.toMatchObject({ ...invalidGrant, description: 'the authorization has ended' });
  });
});

describe('A code', () => {
  it.each([
    ['is good a millisecond before 60 seconds are over', 59.999, true],
    ['is expired when 60 seconds are over', 60, false],
    ['is expired a millisecond later', 60.001, false],
  ])('%s (RFC 6749 §4.1.2)', async (_, seconds, good) => {
    world.clock.pass(seconds);
    if (good) await expect(exchange()).resolves.toBeDefined();
    else await expect(exchange()).rejects.toMatchObject({ ...invalidGrant, description: 'the authorization code has expired' });
  });

  it('that expired unused revokes nothing', async () => {
    world.clock.pass(61);
    await expect(exchange()).rejects.toMatchObject(invalidGrant);
    expect(await grantOf(code)).toMatchObject({ revoked: null });
  });

  it.each([
    ['at once', 0],
    ['after it expired', 61],
  ])('that is replayed %s ends every token that came of it (RFC 6749 §4.1.2)', async (_, seconds) => {
    const first = await exchange();
    const second = await refresh(first.refreshToken ?? '');
    world.clock.pass(seconds);
    await expect(exchange()).rejects.toMatchObject(invalidGrant);

    for (const { accessToken } of [first, second])
      expect(await authenticate(accessToken)).toEqual({ active: false, reason: 'revoked', cause: 'code_replayed' });
    for (const { refreshToken } of [first, second]) await expect(refresh(refreshToken ?? '')).rejects.toMatchObject(invalidGrant);
  });

  it('that is replayed ends the other code of its grant too', async () => {
    const request = await world.request(client);
    const give = async () => {
      const given = await world.resolve(GiveGrant).execute(request, client, await world.signedIn(ada), { scopes: request.scopes, expiresAt: null });
      return codeOf(given.outcome === 'given' ? given.answer : null);
    };
    const [one, other] = [await give(), await give()];
    await exchange({ code: one });
    await expect(exchange({ code: one })).rejects.toMatchObject(invalidGrant);
    await expect(exchange({ code: other })).rejects.toMatchObject({ ...invalidGrant, description: 'the authorization has ended' });
  });

  it('that is replayed leaves the other grants of the same person and client alone', async () => {
    const { accessToken } = await world.tokens(client, ada);
    await exchange();
    await expect(exchange()).rejects.toMatchObject(invalidGrant);
    expect(await authenticate(accessToken)).toMatchObject({ active: true });
  });

  it('has one winner among a hundred exchanges at once (RFC 6749 §4.1.2)', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 100 }, () => exchange()));
    const refusals = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refusals).toHaveLength(99);
    for (const { reason } of refusals) expect(reason).toMatchObject(invalidGrant);
  });
});

describe('PKCE', () => {
  it.each([
    ['another verifier', pkce().verifier],
    ['the challenge itself', null],
    ['a verifier shorter than 43 characters', 'short'],
    ['a verifier longer than 128 characters', 'a'.repeat(129)],
    ['a verifier with a character that is not allowed', `${'a'.repeat(42)}!`],
  ])('refuses %s; the code is neither consumed nor its grant revoked (RFC 7636 §4.6)', async (_, codeVerifier) => {
    await expect(exchange({ codeVerifier: codeVerifier ?? world.challenge })).rejects.toMatchObject({
      ...invalidGrant,
      description: 'code_verifier does not match code_challenge',
    });
    expect(await grantOf(code)).toMatchObject({ revoked: null });
    await expect(exchange()).resolves.toBeDefined();
  });

  it('refuses a token request without the verifier (RFC 7636 §4.5)', async () => {
    await expect(exchange({ codeVerifier: null })).rejects.toMatchObject({ ...invalidGrant, description: 'code_verifier is missing' });
    await expect(exchange()).resolves.toBeDefined();
  });

  it('keeps a wrong verifier from ending what a right one obtained', async () => {
    const { accessToken } = await exchange();
    await expect(exchange({ codeVerifier: pkce().verifier })).rejects.toMatchObject(invalidGrant);
    expect(await authenticate(accessToken)).toMatchObject({ active: true });
  });

  describe('for a confidential client that opted out', () => {
    let zapier: Client;
    let bare: string;

    beforeEach(async () => {
      zapier = (await world.client({ pkce: 'optional' })).client;
      bare = await world.code(zapier, ada, { codeChallenge: null, codeChallengeMethod: null });
    });

    it('is not needed', async () => {
      await expect(exchange({ client: zapier, code: bare, codeVerifier: null })).resolves.toMatchObject({ expiresIn: 3600 });
    });

    it('refuses a verifier for a code that had no challenge: a downgrade (RFC 9700 §2.1.1)', async () => {
      await expect(exchange({ client: zapier, code: bare })).rejects.toMatchObject(invalidGrant);
      await expect(exchange({ client: zapier, code: bare, codeVerifier: null })).resolves.toBeDefined();
    });

    it('holds when the client used it all the same', async () => {
      const bound = await world.code(zapier, ada);
      await expect(exchange({ client: zapier, code: bound, codeVerifier: null })).rejects.toMatchObject(invalidGrant);
      await expect(exchange({ client: zapier, code: bound })).resolves.toBeDefined();
    });
  });
});

describe('redirect_uri in the token request', () => {
  const other = 'https://app.example/other';
  const none = { codeChallenge: null, codeChallengeMethod: null };

  /** [what, registered, named at /authorize, PKCE, sent to /token, good] */
  it.each([
    ['equal to the one that was named', [callback], callback, true, callback, true],
    ['left out: the code is bound by PKCE', [callback, other], callback, true, null, true],
    ['left out: the client registered exactly one', [callback], callback, false, null, true],
    ['left out by a client with two and without PKCE', [callback, other], callback, false, null, false],
    ['left out both times', [callback], null, false, null, true],
    ['sent though the authorization request named none: the registered one', [callback], null, true, callback, true],
    ['sent though the authorization request named none: another', [callback], null, true, other, false],
    ['another registered one', [callback, other], callback, true, other, false],
    ['an unregistered one', [callback], callback, true, 'https://evil.example/', false],
    ['with a slash more', [callback], callback, true, `${callback}/`, false],
    ['in another case', [callback], callback, true, callback.toUpperCase(), false],
    ['empty', [callback], callback, true, '', false],
    [
      'the loopback address with the port of the authorization request',
      ['http://127.0.0.1/cb'],
      'http://127.0.0.1:5001/cb',
      true,
      'http://127.0.0.1:5001/cb',
      true,
    ],
    [
      'the loopback address with another port than the authorization request',
      ['http://127.0.0.1/cb'],
      'http://127.0.0.1:5001/cb',
      true,
      'http://127.0.0.1:5002/cb',
      false,
    ],
  ])('%s (RFC 6749 §4.1.3)', async (_, redirectUris, named, bound, sent, good) => {
    const own = (await world.client({ redirectUris, pkce: 'optional' })).client;
    const input = {
      client: own,
      code: await world.code(own, ada, { redirectUri: named, ...(!bound && none) }),
      redirectUri: sent,
      codeVerifier: bound ? world.verifier : null,
    };
    if (good) return void (await expect(exchange(input)).resolves.toBeDefined());
    // "invalid_grant: … does not match the redirection URI used in the authorization request" (RFC 6749 §5.2)
    await expect(exchange(input)).rejects.toMatchObject(invalidGrant);
    await expect(exchange({ ...input, redirectUri: named })).resolves.toBeDefined();
  });
});

describe('resource in the token request', () => {
  const api = 'https://api.example/';
  const twin = 'https://api.example';
  const files = 'https://files.example/';

  it.each([
    ['the token is for all that was granted when none is named', [api, files], [], [api, files]],
    ['the token is for the one that is named', [api, files], [files], [files]],
    ['a trailing slash more or less is the same resource', [api], [twin], [api]],
    ['the same resource in two spellings counts once', [api, files], [api, twin], [api]],
    ['a grant that named none sets no limit', [], [api], [api]],
    ['the same resource twice counts once where the grant sets no limit', [], [api, api], [api]],
  ])('%s (RFC 8707 §2.2)', async (_, granted, requested, expected) => {
    const { accessToken } = await exchange({ code: await world.code(client, ada, { resources: granted }), resources: requested });
    expect(await authenticate(accessToken)).toMatchObject({ token: { resources: expected } });
  });

  it.each([
    ['one that was not granted', files],
    ['a relative one', '/api'],
    ['one with a fragment', `${api}#part`],
  ])('refuses %s as invalid_target, without consuming the code (RFC 8707 §2)', async (_, resource) => {
    const bound = await world.code(client, ada, { resources: [api] });
    await expect(exchange({ code: bound, resources: [resource] })).rejects.toMatchObject({ code: 'invalid_target' });
    await expect(exchange({ code: bound, resources: [api] })).resolves.toBeDefined();
  });

  it('narrows the access token only: the refresh token keeps all that was granted (RFC 8707 §2.2)', async () => {
    const { refreshToken } = await exchange({ code: await world.code(client, ada, { resources: [api, files] }), resources: [files] });
    const { accessToken } = await refresh(refreshToken ?? '');
    expect(await authenticate(accessToken)).toMatchObject({ token: { resources: [api, files] } });
  });
});
