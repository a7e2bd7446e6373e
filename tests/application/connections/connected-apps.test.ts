import { beforeEach, describe, expect, it } from 'vitest';
import { ContinueAuthorization } from '../../../src/application/authorization/continue-authorization.js';
import { DecideAuthorization } from '../../../src/application/authorization/decide-authorization.js';
import { DisconnectApp } from '../../../src/application/connections/disconnect-app.js';
import { ListConnectedApps } from '../../../src/application/connections/list-connected-apps.js';
import { ShowConnectedApp } from '../../../src/application/connections/show-connected-app.js';
import { Authenticate } from '../../../src/application/tokens/authenticate.js';
import { RefreshToken } from '../../../src/application/tokens/refresh-token.js';
import type { Client } from '../../../src/domain/clients/client.js';
import { NotFound } from '../../../src/domain/errors.js';
import type { User } from '../../../src/domain/people/user.js';
import { aWorld, type World } from '../../support/world.js';

let world: World;
let ada: User;
let bob: User;
let client: Client;
let other: Client;

beforeEach(async () => {
  world = aWorld();
  ada = await world.person();
  bob = await world.person('bob@example.com');
  client = (await world.client()).client;
  other = (await world.client()).client;
});

const appsOf = async (actor: User) =>
  (await world.resolve(ListConnectedApps).execute({ actor, page: { limit: 50 } })).items.map((connection) => connection.client.id);
const disconnect = (actor: User, clientId = client.id) => world.resolve(DisconnectApp).execute({ actor, clientId });

describe('Connected apps', () => {
  it('are those that act for the person who asks, administrators included', async () => {
    const admin = { ...bob, admin: true };
    await world.tokens(client, ada);
    await world.tokens(other, bob);
    expect(await appsOf(ada)).toEqual([client.id]);
    expect(await appsOf(admin)).toEqual([other.id]);
    await expect(world.resolve(ShowConnectedApp).execute({ actor: admin, clientId: client.id })).rejects.toThrow(NotFound);
    expect(await world.resolve(ShowConnectedApp).execute({ actor: ada, clientId: client.id })).toMatchObject({
      client: { id: client.id },
      scopes: ['default', 'email'],
    });
  });

  it('are gone when nothing of them can come back', async () => {
    await world.tokens(client, ada);
    world.clock.pass(366 * 86_400);
    expect(await appsOf(ada)).toEqual([]);
  });
});

describe('Disconnect', () => {
  it('ends every token of the app for this person at once, and no others', async () => {
    const mine = [await world.tokens(client, ada), await world.tokens(client, ada)];
    const others = [await world.tokens(client, bob), await world.tokens(other, ada)];
    expect(await disconnect(ada)).toEqual({ grantsRevoked: 2 });
    for (const { accessToken, refreshToken } of mine) {
      expect(await world.resolve(Authenticate).execute({ token: accessToken })).toEqual({ active: false, reason: 'revoked', cause: 'revoked_by_person' });
      await expect(world.resolve(RefreshToken).execute({ client, refreshToken, scopes: null, resources: [] })).rejects.toMatchObject({ code: 'invalid_grant' });
    }
    for (const { accessToken } of others) expect(await world.resolve(Authenticate).execute({ token: accessToken })).toMatchObject({ active: true });
    expect([await appsOf(ada), await appsOf(bob)]).toEqual([[other.id], [client.id]]);
  });

  it('forgets the consent: the app has to ask again', async () => {
    const signedIn = await world.signedIn(ada);
    const requestId = (await world.request(client)).id;
    await world.resolve(DecideAuthorization).execute({ requestId, signedIn, shownTo: ada.id, decision: 'allow', leaveOut: [], timeLimit: 'none' });
    await disconnect(ada);
    const again = (await world.request(client)).id;
    expect(await world.resolve(ContinueAuthorization).execute(again, signedIn)).toMatchObject({ step: 'consent' });
  });

  it('twice, or of an app that never was, ends well', async () => {
    await world.tokens(client, ada);
    await disconnect(ada);
    expect(await disconnect(ada)).toEqual({ grantsRevoked: 0 });
    expect(await disconnect(ada, 'nonsense')).toEqual({ grantsRevoked: 0 });
  });
});
