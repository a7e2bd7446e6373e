import { beforeEach, describe, expect, it } from 'vitest';
import { someConsent } from '../../../src/adapter-kit/fixtures.js';
import { pagesOf } from '../../../src/adapter-kit/pages-of.js';
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
import { someClient, someGrant } from '../some.js';

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
const givenLive = async (clientId: string) => {
  const grant = someGrant({ userId: ada.id, clientId });
  await world.storage.grants.add(grant);
  await world.storage.grants.need(grant.id, new Date(world.clock.now().getTime() + 1000));
};
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

  it('that act come on all pages before those that are only remembered, each once', async () => {
    const [acting, remembered] = [[client.id, other.id].sort(), [(await world.client()).client.id, (await world.client()).client.id].sort()];
    for (const one of [client, other]) await world.tokens(one, ada);
    for (const clientId of [...acting, ...remembered]) await world.storage.consents.give(someConsent({ userId: ada.id, clientId }));
    for (const limit of [1, 2, 3, 4]) {
      const pages = await pagesOf((page) => world.resolve(ListConnectedApps).execute({ actor: ada, page }), limit);
      expect([limit, pages.length, pages.flat().map((connection) => connection.client.id)]).toEqual([limit, Math.ceil(4 / limit), [...acting, ...remembered]]);
    }
  });

  it('lose none to who goes on from where a page ended when there was one order for all: by client id', async () => {
    const ids = [...Array(4)].map((_, index) => `client-${index}`);
    for (const id of ids) await world.storage.clients.add(someClient({ id }));
    for (const [index, clientId] of ids.entries()) {
      if (index % 2 === 0) await world.storage.consents.give(someConsent({ userId: ada.id, clientId }));
      else await givenLive(clientId);
    }
    const { items, next } = await world.resolve(ListConnectedApps).execute({ actor: ada, page: { limit: 50, after: 'client-1' } });
    expect(items.map((connection) => connection.client.id)).toEqual(['client-3', 'client-0', 'client-2']);
    expect(next).toBeNull();
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
    await world
      .resolve(DecideAuthorization)
      .execute({ requestId, signedIn, shownTo: ada.id, decision: 'allow', shown: null, userCode: null, leaveOut: [], timeLimit: 'none' });
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
