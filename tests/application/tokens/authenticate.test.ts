import { beforeEach, describe, expect, it } from 'vitest';
import { someMachineToken } from '../../../src/adapter-kit/token-fixtures.js';
import { EditClient } from '../../../src/application/clients/edit-client.js';
import { Authenticate, type AuthenticateInput } from '../../../src/application/tokens/authenticate.js';
import { GrantClientCredentials } from '../../../src/application/tokens/grant-client-credentials.js';
import type { Client } from '../../../src/domain/clients/client.js';
import { later } from '../../../src/domain/moments.js';
import type { User } from '../../../src/domain/people/user.js';
import { mintToken, parseToken } from '../../../src/domain/tokens/opaque-token.js';
import { forgedToken, tokenOfKind } from '../../support/forged-token.js';
import { aWorld, type World } from '../../support/world.js';

describe('Authenticate', () => {
  let world: World;
  let ada: User;
  let client: Client;
  let token: string;
  let refreshToken: string;
  const authenticate = (input: Partial<AuthenticateInput> = {}) => world.resolve(Authenticate).execute({ token, ...input });
  const idOf = (text: string) => parseToken(text)?.id ?? '';

  beforeEach(async () => {
    world = aWorld();
    ada = await world.person();
    client = (await world.client()).client;
    ({ accessToken: token, refreshToken } = await world.tokens(client, ada));
  });

  it('says for whom and what a good token is', async () => {
    expect(await authenticate()).toMatchObject({
      active: true,
      user: { id: ada.id },
      client: { id: client.id },
      token: { scopes: ['default', 'email'], resources: [] },
    });
  });

  it('leaves out of a token what was taken from its client since, and gives it back with it', async () => {
    const change = (scopes: string[]) => world.resolve(EditClient).execute({ actor: 'operator', clientId: client.id, changes: { scopes } });
    await change(['default']);
    expect(await authenticate()).toMatchObject({ active: true, token: { scopes: ['default'] } });
    expect(await authenticate({ scopes: ['default', 'email'] })).toEqual({ active: false, reason: 'insufficient_scope', missing: ['email'] });
    await change(['profile']);
    expect(await authenticate()).toEqual({ active: false, reason: 'insufficient_scope', missing: ['default', 'email'] });
    await change(['default', 'email']);
    expect(await authenticate({ scopes: ['email'] })).toMatchObject({ active: true });
  });

  it('finds no person behind the token of a client that acts for itself (RFC 6749 §4.4)', async () => {
    const machine = (await world.client({ redirectUris: [] })).client;
    const { accessToken } = await world.resolve(GrantClientCredentials).execute({ client: machine, scopes: null, resources: [] });
    expect(await authenticate({ token: accessToken })).toMatchObject({ active: true, user: null, client: { id: machine.id } });
  });

  it.each([
    ['', () => ''],
    ['nonsense', () => 'nonsense'],
    ['cut', () => token.slice(0, -1)],
    ['mistyped', () => token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))],
    ['a refresh token', () => refreshToken],
    ['a code', () => mintToken('ac', world.clock.now()).token],
    ['the access token under the prefix of a session', () => tokenOfKind('se', token)],
  ])('is "malformed" without a query: %s', async (_, text) => {
    const presented = text();
    world.storage.accessTokens.find = () => Promise.reject(new Error('asked the store'));
    expect(await authenticate({ token: presented })).toEqual({ active: false, reason: 'malformed' });
  });

  it.each([
    ['one that nobody issued', () => mintToken('at', world.clock.now()).token],
    ['the right selector with another secret', () => forgedToken(token)],
  ])('is "unknown": %s', async (_, text) => {
    expect(await authenticate({ token: text() })).toEqual({ active: false, reason: 'unknown' });
  });

  it.each([
    [3599.999, true],
    [3600, false],
    [3600.001, false],
  ])('after %d seconds: good is %s', async (seconds, good) => {
    world.clock.pass(seconds);
    expect(await authenticate()).toMatchObject(good ? { active: true } : { active: false, reason: 'expired' });
  });

  it('is "revoked" with the cause, from the token itself or from its grant', async () => {
    const { grantId } = (await world.storage.accessTokens.find(idOf(token))) ?? {};
    await world.storage.accessTokens.revoke(idOf(token), 'revoked_by_client', world.clock.now());
    expect(await authenticate()).toEqual({ active: false, reason: 'revoked', cause: 'revoked_by_client' });

    const { accessToken: other } = await world.tokens(client, ada);
    const grant = (await world.storage.accessTokens.find(idOf(other)))?.grantId ?? '';
    expect(grant).not.toBe(grantId);
    await world.storage.grants.revoke(grant, 'revoked_by_person', world.clock.now());
    expect(await authenticate({ token: other })).toEqual({ active: false, reason: 'revoked', cause: 'revoked_by_person' });
  });

  it('is "revoked" also when it has expired since', async () => {
    await world.storage.accessTokens.revoke(idOf(token), 'revoked_by_client', world.clock.now());
    world.clock.pass(7200);
    expect(await authenticate()).toMatchObject({ reason: 'revoked' });
  });

  it('is "client_disabled" while its client is, and good again afterwards', async () => {
    await world.storage.clients.setDisabled(client.id, { at: world.clock.now(), by: 'owner' });
    expect(await authenticate()).toEqual({ active: false, reason: 'client_disabled' });
    await world.storage.clients.setDisabled(client.id, null);
    expect(await authenticate()).toMatchObject({ active: true });
  });

  it('is not good when its client was removed', async () => {
    await world.storage.clients.remove(client.id, world.clock.now());
    expect(await authenticate()).toMatchObject({ active: false });
  });

  it('is "user_disabled" while its person is, and good again afterwards', async () => {
    await world.storage.users.setDisabled(ada.id, world.clock.now());
    expect(await authenticate()).toEqual({ active: false, reason: 'user_disabled' });
    await world.storage.users.setDisabled(ada.id, null);
    expect(await authenticate()).toMatchObject({ active: true });
  });

  it.each([
    ['for any resource, asked by any', [], 'https://api.example/', true],
    ['asked by nobody in particular', ['https://api.example/'], undefined, true],
    ['for the one that asks', ['https://api.example/', 'https://files.example/'], 'https://files.example/', true],
    ['with a trailing slash less', ['https://api.example/'], 'https://api.example', true],
    ['for another', ['https://api.example/'], 'https://files.example/', false],
    ['for a path below it', ['https://api.example/'], 'https://api.example/v1', false],
  ])('resource: %s (RFC 8707 §2)', async (_, resources, resource, good) => {
    const { accessToken } = await world.tokens(client, ada, { resources });
    expect(await authenticate({ token: accessToken, ...(resource !== undefined && { resource }) })).toMatchObject(
      good ? { active: true } : { active: false, reason: 'wrong_audience' },
    );
  });

  it('is "insufficient_scope" for a token without any scope, whatever is needed', async () => {
    const { id, token, digest } = mintToken('at', world.clock.now());
    await world.storage.accessTokens.add(someMachineToken(client.id, { id, digest, scopes: [], expiresAt: later(world.clock.now(), 60) }));
    expect(await authenticate({ token, scopes: ['email'] })).toEqual({ active: false, reason: 'insufficient_scope', missing: ['email'] });
  });

  it('names what is needed where nothing is left of what a token had', async () => {
    await world.resolve(EditClient).execute({ actor: 'operator', clientId: client.id, changes: { scopes: ['profile'] } });
    expect(await authenticate({ scopes: ['email'] })).toEqual({ active: false, reason: 'insufficient_scope', missing: ['email'] });
  });

  it('is "insufficient_scope" with what is missing (RFC 6750 §3.1)', async () => {
    expect(await authenticate({ scopes: ['email'] })).toMatchObject({ active: true });
    expect(await authenticate({ scopes: ['email', 'profile', 'offline_access'] })).toEqual({
      active: false,
      reason: 'insufficient_scope',
      missing: ['profile', 'offline_access'],
    });
  });
});
