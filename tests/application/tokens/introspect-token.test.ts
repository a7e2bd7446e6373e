import { beforeEach, describe, expect, it } from 'vitest';
import { DisableUser } from '../../../src/application/people/disable-user.js';
import { IntrospectToken } from '../../../src/application/tokens/introspect-token.js';
import { RefreshToken } from '../../../src/application/tokens/refresh-token.js';
import { RevokeToken } from '../../../src/application/tokens/revoke-token.js';
import type { Client } from '../../../src/domain/clients/client.js';
import type { User } from '../../../src/domain/people/user.js';
import { mintToken } from '../../../src/domain/tokens/opaque-token.js';
import { forgedToken } from '../../support/forged-token.js';
import { aWorld, type World } from '../../support/world.js';

describe('IntrospectToken', () => {
  let world: World;
  let ada: User;
  let client: Client;
  let api: Client;
  let accessToken: string;
  let refreshToken: string;
  const introspect = (token: string, by = api) => world.resolve(IntrospectToken).execute({ caller: { kind: 'client', client: by }, token, scopes: [] });
  const inactive = { active: false };

  beforeEach(async () => {
    world = aWorld();
    ada = await world.person();
    client = (await world.client()).client;
    api = (await world.client({ redirectUris: [] })).client;
    ({ accessToken, refreshToken } = await world.tokens(client, ada));
  });

  it('tells a protected resource about an access token it was handed (RFC 7662 §2.2)', async () => {
    expect(await introspect(accessToken)).toMatchObject({
      active: true,
      kind: 'access_token',
      token: { clientId: client.id, userId: ada.id, scopes: ['default', 'email'] },
      user: { id: ada.id },
    });
  });

  it('tells a client about its own refresh token, and nobody else (RFC 7662 §4)', async () => {
    expect(await introspect(refreshToken, client)).toMatchObject({ active: true, kind: 'refresh_token', token: { clientId: client.id } });
    expect(await introspect(refreshToken, api)).toEqual(inactive);
  });

  /** Each says the same: "SHOULD NOT include any additional information about an inactive token, including why" (RFC 7662 §2.2). */
  it.each([
    ['nonsense', () => 'nonsense'],
    ['an access token that nobody issued', () => mintToken('at', world.clock.now()).token],
    ['a refresh token that nobody issued', () => mintToken('rt', world.clock.now()).token],
    ['a forged access token', () => forgedToken(accessToken)],
    ['a forged refresh token', () => forgedToken(refreshToken)],
    ['a code', () => mintToken('ac', world.clock.now()).token],
    ['a session', () => mintToken('se', world.clock.now()).token],
    ['a client secret', () => mintToken('cs', world.clock.now()).token],
  ])('is not active: %s', async (_, token) => {
    expect(await introspect(token(), client)).toEqual(inactive);
  });

  it.each([
    ['an expired access token', () => world.clock.pass(3600), () => accessToken],
    ['an expired refresh token', () => world.clock.pass(90 * 86_400), () => refreshToken],
    ['a rotated refresh token', () => world.resolve(RefreshToken).execute({ client, refreshToken, scopes: null, resources: [] }), () => refreshToken],
    ['a revoked access token', () => world.resolve(RevokeToken).execute({ client, token: accessToken }), () => accessToken],
    ['the access token of a revoked grant', () => world.resolve(RevokeToken).execute({ client, token: refreshToken }), () => accessToken],
    ['the refresh token of a revoked grant', () => world.resolve(RevokeToken).execute({ client, token: refreshToken }), () => refreshToken],
    ['an access token of a disabled person', () => world.storage.users.setDisabled(ada.id, new Date()), () => accessToken],
    ['a refresh token of a disabled person', () => world.resolve(DisableUser).execute({ actor: 'operator', user: ada }), () => refreshToken],
    ['an access token of a disabled client', () => world.storage.clients.setDisabled(client.id, { at: new Date(), by: 'house' }), () => accessToken],
  ])('is not active any more: %s', async (_, happens, token) => {
    expect(await introspect(token(), client)).toMatchObject({ active: true });
    await happens();
    expect(await introspect(token(), client)).toEqual(inactive);
  });
});
