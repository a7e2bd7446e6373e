import { randomUUID } from 'node:crypto';
import type { Storage } from '../application/ports/storage.js';
import type { Grant } from '../domain/authorization/grant.js';
import type { Client } from '../domain/clients/client.js';
import { uuid7 } from '../domain/tokens/uuid7.js';
import { expect } from './expect.js';
import {
  consumptionOf,
  plus,
  rotationOf,
  someAccessToken,
  someClient,
  someCode,
  someGrant,
  someRefreshToken,
  someUser,
  strangeKeys,
  trickyTexts,
} from './fixtures.js';
import { pagesOf } from './pages-of.js';
import { describe, it } from './runner.js';

const hour = 3_600_000;

export function connectionContract(store: () => Storage): void {
  const at = plus(2000);

  async function givenClient(fields: Partial<Client> = {}): Promise<Client> {
    const client = someClient(fields);
    await store().clients.add(client);
    return client;
  }

  async function givenUser(): Promise<string> {
    const user = someUser();
    await store().users.add(user);
    return user.id;
  }

  /** A grant whose code was exchanged for an access token of an hour and a refresh token. */
  async function connected(userId: string, clientId: string, fields: Partial<Grant> = {}): Promise<Grant> {
    const grant = someGrant(userId, clientId, fields);
    await store().grants.add(grant);
    const code = someCode(grant);
    await store().authorizationCodes.add(code);
    await store().authorizationCodes.consume(consumptionOf(code, grant));
    return grant;
  }

  const connectionsOf = async (userId: string, moment = at) => (await store().connections.list(userId, moment, { limit: 100 })).items;

  it('shows what a person sees of an app, and everything about its one grant', async () => {
    const seen = {
      name: '日本語',
      description: 'line\nbreak',
      homepageUri: 'https://app.example/',
      logoUri: 'https://app.example/logo.svg',
      disabledAt: plus(3),
    };
    const [userId, client] = [await givenUser(), await givenClient({ ...seen, disabledBy: 'house' })];
    await connected(userId, client.id, { scopes: trickyTexts, createdAt: plus(-5), expiresAt: plus(9 * hour), lastUsedAt: plus(7), usedScopes: ['profile'] });
    const connection = {
      client: { id: client.id, ...seen },
      scopes: [...trickyTexts].sort(),
      since: plus(-5),
      lastUsedAt: plus(7),
      usedScopes: ['profile'],
      expiresAt: plus(9 * hour),
    };
    expect(await connectionsOf(userId)).toEqual([connection]);
    expect(await store().connections.find(userId, client.id, at)).toEqual(connection);
  });

  it('makes one of several grants: all scopes, since the first, last used when any was, to the end of the last', async () => {
    const [userId, { id }] = [await givenUser(), await givenClient()];
    await connected(userId, id, {
      scopes: ['profile', 'default'],
      createdAt: plus(5),
      lastUsedAt: plus(70),
      usedScopes: ['default'],
      expiresAt: plus(9 * hour),
    });
    await connected(userId, id, {
      scopes: ['default', 'email'],
      createdAt: plus(-5),
      lastUsedAt: plus(90),
      usedScopes: ['email', 'default'],
      expiresAt: plus(8 * hour),
    });
    await connected(userId, id, { scopes: ['default'], createdAt: plus(6), expiresAt: plus(7 * hour) });
    const united = { since: plus(-5), lastUsedAt: plus(90), scopes: ['default', 'email', 'profile'], usedScopes: ['default', 'email'] };
    expect(await connectionsOf(userId)).toMatchObject([{ ...united, expiresAt: plus(9 * hour) }]);
    await connected(userId, id, { expiresAt: null });
    expect(await connectionsOf(userId)).toMatchObject([{ ...united, expiresAt: null }]);
  });

  it('knows nothing of a use that there was none of', async () => {
    const [userId, { id }] = [await givenUser(), await givenClient()];
    await connected(userId, id, { scopes: [] });
    expect(await connectionsOf(userId)).toMatchObject([{ lastUsedAt: null, usedScopes: [], scopes: [], expiresAt: null }]);
  });

  it('shows neither other people’s apps nor, asked for one app, the others', async () => {
    const [ada, bob, one, other] = [await givenUser(), await givenUser(), await givenClient(), await givenClient()];
    for (const [userId, client] of [
      [ada, one],
      [bob, one],
      [bob, other],
    ] as const) {
      await connected(userId, client.id);
    }
    expect((await connectionsOf(ada)).map(({ client }) => client.id)).toEqual([one.id]);
    expect((await connectionsOf(bob)).map(({ client }) => client.id)).toEqual([one.id, other.id].sort());
    expect(await store().connections.find(ada, other.id, at)).toBeNull();
    expect((await store().connections.find(bob, other.id, at))?.client.id).toBe(other.id);
  });

  it('lists 25 apps in pages, each once, by client id', async () => {
    const userId = await givenUser();
    const ids: string[] = [];
    for (let count = 0; count < 25; count += 1) ids.push((await givenClient()).id);
    for (const id of ids) for (let count = 0; count < 2; count += 1) await connected(userId, id);
    const pages = await pagesOf((page) => store().connections.list(userId, at, page), 10);
    expect(pages.map((page) => page.length)).toEqual([10, 10, 5]);
    expect(pages.flat().map(({ client }) => client.id)).toEqual([...ids].sort());
    expect((await pagesOf((page) => store().connections.list(userId, at, page), 25)).map((page) => page.length)).toEqual([25]);
  });

  it('goes on after an app that was disconnected meanwhile', async () => {
    const [userId, ...clients] = [await givenUser(), await givenClient(), await givenClient(), await givenClient()] as const;
    const [first, second, third] = clients.map(({ id }) => id).sort() as [string, string, string];
    for (const id of [first, second, third]) await connected(userId, id);
    await store().grants.revokeAll({ userId, clientId: second }, 'revoked_by_person', plus(1));
    expect((await store().connections.list(userId, at, { limit: 5, after: second })).items.map(({ client }) => client.id)).toEqual([third]);
  });

  it('shows no app that was removed, not even for a grant that came in too late to be revoked with it', async () => {
    const [userId, { id }] = [await givenUser(), await givenClient()];
    await store().clients.remove(id, plus(1));
    await connected(userId, id);
    const late = someGrant(userId, id);
    await store().grants.add(late);
    await store().authorizationCodes.add(someCode(late));
    expect(await connectionsOf(userId)).toEqual([]);
    expect(await store().connections.find(userId, id, at)).toBeNull();
    expect(await store().connections.grantsOf(id, at, { limit: 5 })).toEqual({ items: [], next: null });
    expect(await store().connections.reach(id, at, 9)).toEqual({ people: 0, grants: 0, more: false });
  });

  describe('only live grants count:', () => {
    async function expectLive(grant: Grant, moment: Date, live: boolean): Promise<void> {
      expect(await connectionsOf(grant.userId, moment)).toHaveLength(live ? 1 : 0);
      expect((await store().connections.find(grant.userId, grant.clientId, moment)) === null).toBe(!live);
      expect((await store().connections.grantsOf(grant.clientId, moment, { limit: 5 })).items).toHaveLength(live ? 1 : 0);
      expect(await store().connections.reach(grant.clientId, moment, 9)).toEqual({ people: live ? 1 : 0, grants: live ? 1 : 0, more: false });
    }

    it('one is over when it is revoked', async () => {
      const grant = await connected(await givenUser(), (await givenClient()).id);
      await expectLive(grant, at, true);
      await store().grants.revoke(grant.id, 'revoked_by_person', plus(1));
      await expectLive(grant, at, false);
    });

    it('one is over when its client is removed', async () => {
      const grant = await connected(await givenUser(), (await givenClient()).id);
      await store().clients.remove(grant.clientId, plus(1));
      await expectLive(grant, at, false);
    });

    it('one whose code is not exchanged is over with the code', async () => {
      const grant = someGrant(await givenUser(), (await givenClient()).id);
      await store().grants.add(grant);
      await store().authorizationCodes.add(someCode(grant, { expiresAt: plus(5000) }));
      await expectLive(grant, plus(4999), true);
      await expectLive(grant, plus(5000), false);
    });

    it('one without a refresh token is over with its access token', async () => {
      const grant = someGrant(await givenUser(), (await givenClient()).id);
      const code = someCode(grant);
      await store().grants.add(grant);
      await store().authorizationCodes.add(code);
      await store().authorizationCodes.consume(
        consumptionOf(code, grant, { accessToken: someAccessToken(grant, { expiresAt: plus(hour) }), refreshToken: null }),
      );
      await expectLive(grant, plus(hour - 1), true);
      await expectLive(grant, plus(hour), false);
    });

    it('one with a refresh token lives to the end of the chain, however the chain goes on', async () => {
      const grant = someGrant(await givenUser(), (await givenClient()).id);
      const code = someCode(grant);
      const ends = { expiresAt: plus(3 * hour), absoluteExpiresAt: plus(9 * hour) };
      const refreshToken = someRefreshToken(grant, ends);
      await store().grants.add(grant);
      await store().authorizationCodes.add(code);
      await store().authorizationCodes.consume(consumptionOf(code, grant, { refreshToken }));
      await store().refreshTokens.rotate(rotationOf(refreshToken, grant, { successor: someRefreshToken(grant, ends) }));
      await expectLive(grant, plus(9 * hour - 1), true);
      await expectLive(grant, plus(9 * hour), false);
    });
  });

  it('lists a client’s grants in pages, newest first, whole', async () => {
    const [client, other] = [await givenClient(), await givenClient()];
    const grants: Grant[] = [];
    for (let count = 0; count < 12; count += 1) {
      const createdAt = plus(-count);
      grants.push(
        await connected(await givenUser(), client.id, {
          id: uuid7(createdAt),
          createdAt,
          lastUsedAt: plus(count),
          usedScopes: ['default'],
          expiresAt: plus(hour + count),
        }),
      );
    }
    await connected(await givenUser(), other.id);
    const pages = await pagesOf((page) => store().connections.grantsOf(client.id, at, page), 5);
    expect(pages.map((page) => page.length)).toEqual([5, 5, 2]);
    expect(pages.flat()).toEqual(grants);
  });

  it('counts the people of a client, each once, and their grants', async () => {
    const [ada, bob, client, other] = [await givenUser(), await givenUser(), await givenClient(), await givenClient()];
    for (const userId of [ada, ada, bob]) await connected(userId, client.id);
    const revoked = await connected(await givenUser(), client.id);
    await store().grants.revoke(revoked.id, 'revoked_by_person', plus(1));
    await connected(ada, other.id);
    expect(await store().connections.reach(client.id, at, 9)).toEqual({ people: 2, grants: 3, more: false });
    expect(await store().connections.reach(client.id, at, 3)).toEqual({ people: 2, grants: 3, more: false });
    expect(await store().connections.reach(client.id, at, 2)).toMatchObject({ grants: 2, more: true });
  });

  it('finds nothing under any other key', async () => {
    const { userId, clientId } = await connected(await givenUser(), (await givenClient()).id);
    for (const key of [randomUUID(), ...strangeKeys]) {
      expect(await store().connections.list(key, at, { limit: 5 }), `user ${key}`).toEqual({ items: [], next: null });
      expect(await store().connections.find(key, clientId, at), `user ${key}`).toBeNull();
      expect(await store().connections.find(userId, key, at), `client ${key}`).toBeNull();
      expect(await store().connections.grantsOf(key, at, { limit: 5 }), `client ${key}`).toEqual({ items: [], next: null });
      expect(await store().connections.reach(key, at, 9), `client ${key}`).toEqual({ people: 0, grants: 0, more: false });
    }
  });
}
