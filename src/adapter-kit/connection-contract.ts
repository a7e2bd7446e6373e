import { randomUUID } from 'node:crypto';
import type { Storage } from '../application/ports/storage.js';
import type { Grant } from '../domain/authorization/grant.js';
import type { Client } from '../domain/clients/client.js';
import { uuid7 } from '../domain/tokens/uuid7.js';
import { connectionPagesContract } from './connection-pages-contract.js';
import { expect } from './expect.js';
import { plus, someGrant, strangeKeys, trickyTexts } from './fixtures.js';
import { givenClient, givenConnection, givenUser } from './given.js';
import { liveConnectionContract } from './live-connection-contract.js';
import { pagesOf } from './pages-of.js';
import { rememberedConsentContract } from './remembered-consent-contract.js';
import { it } from './runner.js';
import { someCode } from './token-fixtures.js';

const hour = 3_600_000;

export function connectionContract(store: () => Storage): void {
  const at = plus(2000);

  const person = async () => (await givenUser(store())).id;
  const app = (fields: Partial<Client> = {}) => givenClient(store(), fields);
  const connected = (user: string, client: string, fields: Partial<Grant> = {}) => givenConnection(store(), user, client, fields);
  const connectionsOf = async (userId: string, moment = at) => (await store().connections.listOf(userId, moment, { limit: 100 })).items;

  it('shows what a person sees of an app, and everything about its one grant', async () => {
    const seen = {
      name: '日本語',
      description: 'line\nbreak',
      homepageUri: 'https://app.example/',
      logoUri: 'https://app.example/logo.svg',
      disabledAt: plus(3),
    };
    const [userId, client] = [await person(), await app({ ...seen, disabledBy: 'house' })];
    await connected(userId, client.id, { scopes: trickyTexts, createdAt: plus(-5), expiresAt: plus(9 * hour), lastUsedAt: plus(7), usedScopes: ['profile'] });
    const connection = {
      client: { id: client.id, ...seen },
      live: true,
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
    const [userId, { id }] = [await person(), await app()];
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
    const [userId, { id }] = [await person(), await app()];
    await connected(userId, id, { scopes: [] });
    expect(await connectionsOf(userId)).toMatchObject([{ lastUsedAt: null, usedScopes: [], scopes: [], expiresAt: null }]);
  });

  it('shows neither other people’s apps nor, asked for one app, the others', async () => {
    const [ada, bob, one, other] = [await person(), await person(), await app(), await app()];
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

  it('shows no app that was removed, not even for a grant that came in too late to be revoked with it', async () => {
    const [userId, { id }] = [await person(), await app()];
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

  liveConnectionContract(store);
  rememberedConsentContract(store);
  connectionPagesContract(store);

  it('lists a client’s grants in pages, newest first, whole', async () => {
    const [client, other] = [await app(), await app()];
    const grants: Grant[] = [];
    for (let count = 0; count < 12; count += 1) {
      const createdAt = plus(-count);
      grants.push(
        await connected(await person(), client.id, {
          id: uuid7(createdAt),
          createdAt,
          lastUsedAt: plus(count),
          usedScopes: ['default'],
          expiresAt: plus(hour + count),
        }),
      );
    }
    await connected(await person(), other.id);
    const pages = await pagesOf((page) => store().connections.grantsOf(client.id, at, page), 5);
    expect(pages.map((page) => page.length)).toEqual([5, 5, 2]);
    expect(pages.flat()).toEqual(grants);
  });

  it('counts the people of a client, each once, and their grants', async () => {
    const [ada, bob, client, other] = [await person(), await person(), await app(), await app()];
    for (const userId of [ada, ada, bob]) await connected(userId, client.id);
    const revoked = await connected(await person(), client.id);
    await store().grants.revoke(revoked.id, 'revoked_by_person', plus(1));
    await connected(ada, other.id);
    expect(await store().connections.reach(client.id, at, 9)).toEqual({ people: 2, grants: 3, more: false });
    expect(await store().connections.reach(client.id, at, 3)).toEqual({ people: 2, grants: 3, more: false });
    expect(await store().connections.reach(client.id, at, 2)).toMatchObject({ grants: 2, more: true });
  });

  it('finds nothing under any other key', async () => {
    const { userId, clientId } = await connected(await person(), (await app()).id);
    for (const key of [randomUUID(), ...strangeKeys]) {
      expect(await store().connections.listOf(key, at, { limit: 5 }), `user ${key}`).toEqual({ items: [], next: null });
      expect(await store().connections.find(key, clientId, at), `user ${key}`).toBeNull();
      expect(await store().connections.find(userId, key, at), `client ${key}`).toBeNull();
      expect(await store().connections.grantsOf(key, at, { limit: 5 }), `client ${key}`).toEqual({ items: [], next: null });
      expect(await store().connections.reach(key, at, 9), `client ${key}`).toEqual({ people: 0, grants: 0, more: false });
    }
  });
}
