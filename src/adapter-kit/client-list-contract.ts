import type { Storage } from '../application/ports/storage.js';
import type { Client } from '../domain/clients/client.js';
import { expect } from './expect.js';
import { plus, someClient, someSecret, someUser, strangeKeys } from './fixtures.js';
import { givenUser } from './given.js';
import { pagesOf } from './pages-of.js';
import { it } from './runner.js';

export function clientListContract(store: () => Storage): void {
  /** Clients of a person of their own, the newest first, made in no order. */
  async function givenClients(count: number, made: (index: number) => Date): Promise<{ ownerId: string; clients: Client[] }> {
    const owner = await givenUser(store());
    const clients = Array.from({ length: count }, (_, index) => someClient({ ownerId: owner.id, createdAt: made(index) }));
    for (const client of [...clients].sort((one, other) => (one.id < other.id ? -1 : 1))) await store().clients.add(client);
    return { ownerId: owner.id, clients: clients.reverse() };
  }
  const idsOf = (clients: readonly Client[]) => clients.map(({ id }) => id);

  it('lists one person’s clients newest first, each once, however they fall into pages', async () => {
    const { ownerId, clients } = await givenClients(7, (index) => plus(index * 1000));
    await givenClients(2, (index) => plus(index * 1000 + 500));
    for (const limit of [1, 2, 3, 7, 100]) {
      const pages = await pagesOf((page) => store().clients.list({ ownerId }, page), limit);
      expect(pages.flat()).toEqual(clients);
      expect(pages).toHaveLength(Math.ceil(7 / limit));
    }
  });

  it('lists everybody’s, and those that belong to nobody', async () => {
    const { clients } = await givenClients(2, (index) => plus(index));
    const [stray] = [someClient({ createdAt: plus(10) })];
    await store().clients.add(stray);
    const listed = (await pagesOf((page) => store().clients.list({}, page), 3)).flat();
    expect(new Set(idsOf(listed)).size).toBe(listed.length);
    expect(listed.filter(({ id }) => id === stray.id || idsOf(clients).includes(id))).toEqual([stray, ...clients]);
  });

  it('loses and repeats none of those made in the same millisecond', async () => {
    const { ownerId, clients } = await givenClients(9, () => plus(0));
    for (const limit of [1, 2, 4]) {
      const listed = idsOf((await pagesOf((page) => store().clients.list({ ownerId }, page), limit)).flat());
      expect([...listed].sort()).toEqual(idsOf(clients).sort());
    }
  });

  it('neither shifts nor repeats what follows when clients are added meanwhile', async () => {
    const { ownerId, clients } = await givenClients(6, (index) => plus(index * 1000));
    const pages = await pagesOf(async (page) => {
      const answer = await store().clients.list({ ownerId }, page);
      await store().clients.add(someClient({ ownerId, createdAt: plus(60_000) }));
      return answer;
    }, 2);
    expect(pages.flat()).toEqual(clients);
  });

  it('goes on after a client that was removed since its page was read, and no longer lists it', async () => {
    const { ownerId, clients } = await givenClients(4, (index) => plus(index * 1000));
    const first = await store().clients.list({ ownerId }, { limit: 2 });
    expect(first).toEqual({ items: clients.slice(0, 2), next: clients[1]?.id });
    await store().clients.remove(clients[1]?.id ?? '', plus(1));
    expect(await store().clients.list({ ownerId }, { limit: 2, after: first.next ?? '' })).toEqual({ items: clients.slice(2), next: null });
    expect(await store().clients.list({ ownerId }, { limit: 9 })).toEqual({ items: [clients[0], clients[2], clients[3]], next: null });
  });

  it('lists each client with its secrets', async () => {
    const { ownerId, clients } = await givenClients(2, (index) => plus(index));
    const [newer, older] = clients as [Client, Client];
    const secrets = [someSecret(older.id), someSecret(older.id, { createdAt: plus(1) })];
    for (const secret of secrets) await store().clients.addSecret(secret);
    const listed = await store().clients.list({ ownerId }, { limit: 9 });
    expect(listed.items).toEqual([newer, { ...older, secrets }]);
  });

  it('lists nothing for somebody without clients, or after a key that is none', async () => {
    await givenClients(2, (index) => plus(index));
    const none = { items: [], next: null };
    expect(await store().clients.list({ ownerId: someUser().id }, { limit: 5 })).toEqual(none);
    for (const key of strangeKeys) expect(await store().clients.list({ ownerId: key }, { limit: 5 }), `owner ${key}`).toEqual(none);
    for (const key of strangeKeys.slice(1)) expect(await store().clients.list({}, { limit: 5, after: key }), `after ${key}`).toEqual(none);
  });
}
