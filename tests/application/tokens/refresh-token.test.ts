import { beforeEach, describe, expect, it } from 'vitest';
import type { ChosenSettings } from '../../../src/application/clients/default-settings.js';
import { EditClient } from '../../../src/application/clients/edit-client.js';
import type { TokenAnswer } from '../../../src/application/tokens/token-answer.js';
import type { Client } from '../../../src/domain/clients/client.js';
import type { User } from '../../../src/domain/people/user.js';
import { mintToken, parseToken } from '../../../src/domain/tokens/opaque-token.js';
import { forgedToken, tokenOfKind } from '../../support/forged-token.js';
import type { World } from '../../support/world.js';
import { day, type FirstTokens, givenFirstTokens, grace, invalidGrant, refreshing } from './refreshing.js';

let world: World;
let ada: User;
let client: Client;
let first: FirstTokens;

const { refresh, authenticate, stored, grant } = refreshing(() => ({ world, client, first }));

beforeEach(async () => {
  ({ world, ada, client, first } = await givenFirstTokens());
});

describe('RefreshToken with the policy "rotate"', () => {
  it('answers a new access token and a successor, for the same scope (RFC 6749 §6)', async () => {
    const answer = await refresh(first.refreshToken);
    expect(answer).toEqual({
      accessToken: expect.stringMatching(/^kw_at_/),
      expiresIn: 3600,
      refreshToken: expect.stringMatching(/^kw_rt_/),
      scopes: first.scopes,
      tokenId: parseToken(answer.accessToken)?.id,
      refreshTokenId: parseToken(answer.refreshToken ?? '')?.id,
      userId: ada.id,
      grantId: first.grantId,
    });
    expect(answer.accessToken).not.toBe(first.accessToken);
    expect(answer.refreshToken).not.toBe(first.refreshToken);
    expect(await authenticate(answer.accessToken)).toMatchObject({ active: true, user: { id: ada.id } });
  });

  it('leaves the access token of before alone', async () => {
    await refresh(first.refreshToken);
    expect(await authenticate(first.accessToken)).toMatchObject({ active: true });
  });

  it('goes on from successor to successor', async () => {
    let { refreshToken } = first as TokenAnswer;
    for (let turn = 0; turn < 5; turn += 1) {
      ({ refreshToken } = await refresh(refreshToken));
      world.clock.pass(grace);
    }
    await expect(refresh(refreshToken)).resolves.toBeDefined();
  });

  it('keeps no token of the answer, and no secret of one', async () => {
    const answer = await refresh(first.refreshToken);
    const result = await world.storage.refreshTokens.keep({
      id: parseToken(first.refreshToken)?.id ?? '',
      at: world.clock.now(),
      expiresAt: world.clock.now(),
      accessToken: (await world.storage.accessTokens.find(parseToken(answer.accessToken)?.id ?? '')) as never,
    });
    expect(result.outcome).toBe('repeated');
    const kept = Buffer.from('sealedAnswer' in result ? result.sealedAnswer : []);
    expect(kept.length).toBeGreaterThan(50);
    for (const token of [answer.accessToken, answer.refreshToken ?? '']) {
      expect(kept.includes(token)).toBe(false);
      expect(kept.includes(Buffer.from(parseToken(token)?.secret ?? token))).toBe(false);
    }
  });
});

describe('What is taken from a client', () => {
  const change = async (changes: ChosenSettings) => {
    client = await world.resolve(EditClient).execute({ actor: 'operator', clientId: client.id, changes });
  };

  it('is left out of what it refreshes, whether it asks for it or not, and comes back when it is given back', async () => {
    await change({ scopes: ['default'] });
    const answer = await refresh(first.refreshToken);
    expect(answer.scopes).toEqual(['default']);
    const asked = await refresh(answer.refreshToken, { scopes: ['default', 'email'] });
    expect(asked.scopes).toEqual(['default']);
    await expect(refresh(asked.refreshToken, { scopes: ['email'] })).rejects.toMatchObject({ code: 'invalid_scope' });
    await change({ scopes: ['profile'] });
    await expect(refresh(asked.refreshToken)).rejects.toMatchObject({ code: 'invalid_scope' });
    await change({ scopes: ['default', 'email', 'profile'] });
    expect((await refresh(asked.refreshToken)).scopes).toEqual(['default', 'email']);
  });
});

describe('RefreshToken with the policy "keep"', () => {
  beforeEach(async () => {
    client = (await world.client({ refresh: 'keep' })).client;
    first = await world.tokens(client, ada);
  });

  it('answers the same refresh token again, each time with a new access token (RFC 6749 §6: "MAY issue a new refresh token")', async () => {
    const answers = [await refresh(first.refreshToken), await refresh(first.refreshToken)];
    for (const { refreshToken } of answers) expect(refreshToken).toBe(first.refreshToken);
    expect(new Set([first, ...answers].map(({ accessToken }) => accessToken)).size).toBe(3);
  });

  it('lets it live on: each use begins a new idle lifetime', async () => {
    for (let month = 0; month < 6; month += 1) {
      world.clock.pass(60 * day);
      await expect(refresh(first.refreshToken)).resolves.toBeDefined();
    }
  });

  it.each([
    [90 * day - 0.001, true],
    [90 * day, false],
  ])('unused for %d seconds: good is %s', async (seconds, good) => {
    await refresh(first.refreshToken);
    world.clock.pass(seconds);
    if (good) await expect(refresh(first.refreshToken)).resolves.toBeDefined();
    else await expect(refresh(first.refreshToken)).rejects.toMatchObject({ ...invalidGrant, description: 'the refresh token has expired' });
  });

  it('is not kept past its absolute lifetime however often it is used', async () => {
    for (let passed = 0; passed < 360; passed += 60) {
      await refresh(first.refreshToken);
      world.clock.pass(60 * day);
    }
    world.clock.pass(5 * day);
    await expect(refresh(first.refreshToken)).rejects.toMatchObject(invalidGrant);
  });

  it('rotates from the moment the client is set to rotate', async () => {
    client = { ...client, refresh: 'rotate' };
    const { refreshToken } = await refresh(first.refreshToken);
    expect(refreshToken).not.toBe(first.refreshToken);
  });
});

describe('A refresh token that was rotated', () => {
  it('is found reused also when the client is set to keep afterwards', async () => {
    const second = await refresh(first.refreshToken);
    world.clock.pass(grace);
    client = { ...client, refresh: 'keep' };
    await expect(refresh(first.refreshToken)).rejects.toMatchObject(invalidGrant);
    await expect(refresh(second.refreshToken)).rejects.toMatchObject(invalidGrant);
  });
});

describe('The lifetime of a refresh token', () => {
  it.each([
    ['idle', 90 * day, 90 * day - 0.001],
    ['idle, of the client', 100, 99.999],
  ])('%s: dead after %d seconds, good after %d', async (what, dead, good) => {
    if (what.endsWith('client')) client = (await world.client({ type: 'public', refreshTokenIdleLifetime: 100 })).client;
    const [one, other] = [await world.tokens(client, ada), await world.tokens(client, ada)];
    world.clock.pass(good);
    await expect(refresh(one.refreshToken)).resolves.toBeDefined();
    world.clock.pass(dead - good);
    await expect(refresh(other.refreshToken)).rejects.toMatchObject({ ...invalidGrant, description: 'the refresh token has expired' });
  });

  it('begins anew with each successor, up to the absolute end of the chain', async () => {
    let { refreshToken } = first as TokenAnswer;
    for (let passed = 0; passed < 360; passed += 60) {
      world.clock.pass(60 * day);
      ({ refreshToken } = await refresh(refreshToken));
    }
    world.clock.pass(5 * day - 0.001);
    ({ refreshToken } = await refresh(refreshToken));
    world.clock.pass(0.001);
    await expect(refresh(refreshToken)).rejects.toMatchObject({ ...invalidGrant, description: 'the refresh token has expired' });
  });

  it('that ran out revokes nothing', async () => {
    world.clock.pass(90 * day);
    await expect(refresh(first.refreshToken)).rejects.toMatchObject(invalidGrant);
    expect(await grant()).toMatchObject({ revoked: null });
  });
});

describe('scope in a refresh', () => {
  it('narrows the access token', async () => {
    const { accessToken, scopes } = await refresh(first.refreshToken, { scopes: ['email'] });
    expect(scopes).toEqual(['email']);
    expect(await authenticate(accessToken)).toMatchObject({ token: { scopes: ['email'] } });
  });

  it('does not narrow the refresh token: the next refresh gets all that was granted (RFC 6749 §6)', async () => {
    const narrow = await refresh(first.refreshToken, { scopes: ['email'] });
    expect(await stored(narrow.refreshToken)).toMatchObject({ scopes: first.scopes });
    expect(await refresh(narrow.refreshToken)).toMatchObject({ scopes: first.scopes });
  });

  it.each([
    ['a scope the client may have but was not granted', ['profile']],
    ['a scope nobody knows', ['no-such-scope']],
    ['one granted and one not', ['email', 'profile']],
  ])('refuses %s; the token is not used up (RFC 6749 §6)', async (_, scopes) => {
    await expect(refresh(first.refreshToken, { scopes })).rejects.toMatchObject({ code: 'invalid_scope' });
    expect(await stored(first.refreshToken)).toMatchObject({ rotatedAt: null });
  });
});

describe('resource in a refresh', () => {
  const [api, files] = ['https://api.example/', 'https://files.example/'];

  beforeEach(async () => {
    first = await world.tokens(client, ada, { resources: [api, files] });
  });

  it.each([
    ['none names all that was granted', [], [api, files]],
    ['one narrows the access token', [files], [files]],
    ['a trailing slash is forgiven', ['https://api.example'], [api]],
  ])('%s, and the refresh token keeps all (RFC 8707 §2.2)', async (_, resources, expected) => {
    const { accessToken, refreshToken } = await refresh(first.refreshToken, { resources });
    expect(await authenticate(accessToken)).toMatchObject({ token: { resources: expected } });
    expect(await stored(refreshToken)).toMatchObject({ resources: [api, files] });
  });

  it.each(['https://evil.example/', 'nonsense', `${'https://api.example/'}#fragment`])(
    'refuses %s as invalid_target; the token is not used up (RFC 8707 §2)',
    async (resource) => {
      await expect(refresh(first.refreshToken, { resources: [resource] })).rejects.toMatchObject({ code: 'invalid_target' });
      expect(await stored(first.refreshToken)).toMatchObject({ rotatedAt: null });
    },
  );
});

describe('RefreshToken refuses', () => {
  it('a client that may not use refresh_token (RFC 6749 §5.2)', async () => {
    await expect(refresh(first.refreshToken, { client: { ...client, grantTypes: ['authorization_code'] } })).rejects.toMatchObject({
      code: 'unauthorized_client',
    });
  });

  it.each([
    ['what is no token', () => 'nonsense'],
    ['nothing', () => ''],
    ['a token that was cut', () => first.refreshToken.slice(0, -1)],
    ['a token that nobody issued', () => mintToken('rt', world.clock.now()).token],
    ['an access token', () => first.accessToken],
    ['a code made of a refresh token', () => tokenOfKind('ac', first.refreshToken)],
    ['the selector of a token with another secret', () => forgedToken(first.refreshToken)],
  ])('%s as invalid_grant, and revokes nothing (RFC 6749 §5.2)', async (_, presented) => {
    await expect(refresh(presented())).rejects.toMatchObject(invalidGrant);
    await expect(refresh(first.refreshToken)).resolves.toBeDefined();
  });

  it('another client, and revokes nothing (RFC 6749 §6)', async () => {
    const thief = (await world.client({ type: 'public' })).client;
    await expect(refresh(first.refreshToken, { client: thief })).rejects.toMatchObject(invalidGrant);
    await expect(refresh(first.refreshToken)).resolves.toBeDefined();
  });

  it('another client the answer of a rotation within its grace window', async () => {
    const thief = (await world.client({ type: 'public' })).client;
    await refresh(first.refreshToken);
    await expect(refresh(first.refreshToken, { client: thief })).rejects.toMatchObject(invalidGrant);
  });

  it('another client a rotated token without taking it for a reuse', async () => {
    const thief = (await world.client({ type: 'public' })).client;
    const second = await refresh(first.refreshToken);
    world.clock.pass(day);
    await expect(refresh(first.refreshToken, { client: thief })).rejects.toMatchObject(invalidGrant);
    await expect(refresh(second.refreshToken)).resolves.toBeDefined();
  });

  it('a person who is disabled, and again answers one who was enabled', async () => {
    await world.storage.users.setDisabled(ada.id, world.clock.now());
    await expect(refresh(first.refreshToken)).rejects.toMatchObject(invalidGrant);
    await world.storage.users.setDisabled(ada.id, null);
    await expect(refresh(first.refreshToken)).resolves.toBeDefined();
  });

  it('a client that was removed', async () => {
    await world.storage.clients.remove(client.id, world.clock.now());
    await expect(refresh(first.refreshToken)).rejects.toMatchObject({ ...invalidGrant, description: 'the authorization has ended' });
  });

  it('a grant that was revoked', async () => {
    await world.storage.grants.revoke((await grant())?.id ?? '', 'revoked_by_person', world.clock.now());
    await expect(refresh(first.refreshToken)).rejects.toMatchObject({ ...invalidGrant, description: 'the authorization has ended' });
  });
});
