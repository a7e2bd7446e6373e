import type { PageRequest } from '../application/ports/page.js';
import type { Storage } from '../application/ports/storage.js';
import type { ConnectionPlace } from '../domain/authorization/connection.js';
import { expect } from './expect.js';
import { plus, someConsent } from './fixtures.js';
import { givenClient, givenConnection, givenUser } from './given.js';
import { pagesOf } from './pages-of.js';
import { atOnce, tenTimes } from './races.js';
import { describe, it } from './runner.js';

/** In which order a person's connections are listed, and where a page goes on. */
export function connectionPagesContract(store: () => Storage): void {
  const at = plus(2000);
  const person = async () => (await givenUser(store())).id;

  /** So many apps, by client id. */
  async function apps(count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let made = 0; made < count; made += 1) ids.push((await givenClient(store())).id);
    return ids.sort();
  }

  const agree = (userId: string, clientId: string) => store().consents.give(someConsent({ userId, clientId }));
  const revoke = (userId: string, clientId: string) => store().grants.revokeAll({ userId, clientId }, 'revoked_by_client', plus(1));
  const listed = (userId: string) => (page: PageRequest<ConnectionPlace>) => store().connections.listOf(userId, at, page);

  it('lists 25 apps in pages, each once: by client id those that act, and behind all of them, by client id, those that are remembered', async () => {
    const userId = await person();
    const kinds = { acting: [] as [string, boolean][], remembered: [] as [string, boolean][] };
    for (const [index, clientId] of (await apps(25)).entries()) {
      if (index % 3 > 0) await agree(userId, clientId);
      const live = index % 3 < 2;
      // Two grants are one connection.
      for (let count = 0; live && count < 2; count += 1) await givenConnection(store(), userId, clientId);
      kinds[live ? 'acting' : 'remembered'].push([clientId, live]);
    }
    const [acting, remembered] = [kinds.acting.length, kinds.remembered.length];
    expect([acting, remembered]).toEqual([17, 8]);
    // Also where a page ends with the last that acts.
    for (const size of [1, 4, acting, 24, 25]) {
      const pages = await pagesOf(listed(userId), size);
      expect(pages.length, `pages of ${size}`).toBe(Math.ceil(25 / size));
      expect(
        pages.flat().map(({ client, live }) => [client.id, live]),
        `pages of ${size}`,
      ).toEqual([...kinds.acting, ...kinds.remembered]);
    }
  });

  describe('what changes from one page to the next', () => {
    it('neither hides nor repeats what stays as it is, and hides nothing that ceases to act', async () => {
      const userId = await person();
      const ids = await apps(8);
      const id = (index: number) => ids[index] ?? '';
      for (const clientId of ids) await agree(userId, clientId);
      for (const index of [0, 2, 4, 6]) await givenConnection(store(), userId, id(index));
      let after: ConnectionPlace | null = null;
      const page = async () => {
        const { items, next } = await listed(userId)(after === null ? { limit: 2 } : { limit: 2, after });
        after = next;
        return items.map(({ client, live }) => [ids.indexOf(client.id), live]);
      };
      expect(await page()).toEqual([
        [0, true],
        [2, true],
      ]);
      // Of these stands the first where the page ended; the others do not act any more, or do now: before that place, and behind it.
      await revoke(userId, id(2));
      await revoke(userId, id(4));
      for (const index of [1, 7]) await givenConnection(store(), userId, id(index));
      expect(await page()).toEqual([
        [6, true],
        [7, true],
      ]);
      await revoke(userId, id(7));
      await store().consents.forget({ userId, clientId: id(7) });
      expect(await page()).toEqual([
        [2, false],
        [3, false],
      ]);
      await store().consents.forget({ userId, clientId: id(3) });
      await revoke(userId, id(0));
      expect(await page()).toEqual([
        [4, false],
        [5, false],
      ]);
      expect(after).toBeNull();
    });

    it('lets a page begin behind an app that was never there', async () => {
      const userId = await person();
      const [first = '', second = '', third = '', fourth = ''] = await apps(4);
      await givenConnection(store(), userId, first);
      await givenConnection(store(), userId, third);
      await agree(userId, fourth);
      const behind = async (after: ConnectionPlace) => (await listed(userId)({ limit: 5, after })).items.map(({ client }) => client.id);
      expect(await behind({ live: true, clientId: second })).toEqual([third, fourth]);
      expect(await behind({ live: true, clientId: fourth })).toEqual([fourth]);
      expect(await behind({ live: false, clientId: third })).toEqual([fourth]);
      expect(await behind({ live: false, clientId: fourth })).toEqual([]);
    });
  });

  it('shows an app once, as the one or the other, at any moment while it turns from one into the other', async () => {
    const userId = await person();
    const [clientId = ''] = await apps(1);
    await agree(userId, clientId);
    const seen: string[][] = [];
    const look = async () => seen.push((await listed(userId)({ limit: 5 })).items.map(({ client }) => client.id));
    await tenTimes(async () => {
      await Promise.all([givenConnection(store(), userId, clientId), atOnce(5, look)]);
      await Promise.all([revoke(userId, clientId), atOnce(5, look)]);
    });
    expect(seen).toHaveLength(100);
    expect(seen.filter((ids) => ids.length !== 1 || ids[0] !== clientId)).toEqual([]);
  });
}
