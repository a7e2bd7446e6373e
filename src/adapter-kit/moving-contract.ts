import { setTimeout as pause } from 'node:timers/promises';
import type { ArrivingStore, LeavingStore, MovedPage } from '../application/ports/moved-store.js';
import type { Storage } from '../application/ports/storage.js';
import { StoreMoved } from '../application/ports/store-moved.js';
import { expect } from './expect.js';
import { newBytes, now, plus, someClient, someGrant, someUser } from './fixtures.js';
import { givenCode, givenTokens } from './given.js';
import { arrivingOf, contents, copyAll, follow, inhabit, leavingOf } from './move-by-hand.js';
import { it } from './runner.js';
import type { StorageHarness } from './storage-harness.js';
import { rotationOf, someAccessToken, someMachineToken, someRefreshToken } from './token-fixtures.js';

/** A store that can be moved to (`arriving`), left (`leaving`), or both, while servers use it. */
export function movingContract(harness: StorageHarness): void {
  /** Stores that something can live in. */
  async function stores(count: number, work: (...stores: Storage[]) => Promise<void>): Promise<void> {
    const made: Storage[] = [];
    try {
      while (made.length < count) made.push(await harness.create());
      await work(...made);
    } finally {
      for (const storage of made) await harness.destroy(storage);
    }
  }

  if (harness.moves !== 'leaving') arrivingContract((work) => stores(1, (storage) => work(storage as Storage, arrivingOf(storage))));
  if (harness.moves !== 'arriving') leavingContract((work) => stores(1, (storage) => work(storage as Storage, leavingOf(storage))));
  if (harness.moves !== true) return;

  it('arrives elsewhere as it is, by pages of any size, and every change since is told', () =>
    stores(2, async (storage, next) => {
      const [leaving, arriving, left] = [leavingOf(storage), arrivingOf(next), leavingOf(next)];
      const [used, ended, gone] = [await givenTokens(storage), await givenTokens(storage), await givenTokens(storage)];
      const own = someMachineToken(used.grant.clientId);
      await storage.accessTokens.add(own);
      await inhabit(storage, used.grant);
      await leaving.begin(await arriving.identity());
      await arriving.prepare();
      await copyAll(leaving, arriving);
      expect(await contents(left)).toEqual(await contents(leaving));

      const rotation = rotationOf(used.refreshToken, used.grant);
      await storage.refreshTokens.rotate(rotation);
      await storage.grants.revoke(ended.grant.id, 'revoked_by_person', plus(1));
      await storage.users.remove(gone.grant.userId, plus(1));
      await storage.clients.removeSecret(used.grant.clientId, (await storage.clients.find(used.grant.clientId))?.secrets[0]?.id ?? '');
      await storage.clients.revokeOwnTokens(used.grant.clientId, plus(1));
      await givenCode(storage);
      await follow(leaving, arriving);
      expect(await leaving.changes(10)).toEqual([]);
      expect(await contents(left)).toEqual(await contents(leaving));
      expect((await next.accessTokens.find(own.id))?.ended).toEqual({ at: plus(1), reason: 'revoked_by_operator' });
      expect(await next.refreshTokens.rotate({ ...rotation, at: plus(2) })).toEqual({ outcome: 'repeated', sealedAnswer: rotation.sealedAnswer });
      expect(await next.refreshTokens.rotate(rotationOf(ended.refreshToken, ended.grant))).toEqual({ outcome: 'revoked' });
    }));
}

type InStore<End> = (work: (storage: Storage, end: End) => Promise<void>) => Promise<void>;

function arrivingContract(inStore: InStore<ArrivingStore>): void {
  it('gives back what it was put, by key and by pages, serves it, and lets it be removed', () =>
    inStore(async (storage, arriving) => {
      const [user, { secrets: _, ...client }] = [someUser(), someClient()];
      const grant = someGrant(user.id, client.id);
      const [accessToken, refreshToken] = [someAccessToken(grant), someRefreshToken(grant)];
      const rotation = { at: plus(1), sealedAnswer: newBytes(), repeatableUntil: plus(9) };
      const values: Record<string, { readonly id: string }> = {
        users: user,
        clients: { ...client, ...{ removedAt: null } },
        grants: { ...grant, ...{ neededUntil: plus(1000) } },
        accessTokens: { ...accessToken, ...{ revoked: { at: plus(2), reason: 'revoked_by_client' } } },
        refreshTokens: { ...refreshToken, ...{ rotation } },
      };
      const put = arriving.kinds
        .flatMap((kind) => (values[kind] ? [{ kind, value: values[kind] }] : []))
        .map(({ kind, value }) => ({ kind, put: [{ key: JSON.stringify([value.id]), value }], remove: [] }));
      expect(put).toHaveLength(5);
      await arriving.prepare();
      for (let time = 0; time < 2; time += 1) expect(await arriving.apply(put)).toBe('applied');
      for (const { kind, put: records } of put) {
        expect(await arriving.read(kind, [records[0]?.key ?? '', '["nobody"]']), kind).toEqual(records);
        expect((await arriving.page(kind, null, 10)).records, kind).toEqual(records);
      }
      expect(await storage.users.find(user.id)).toEqual(user);
      expect((await storage.accessTokens.find(accessToken.id))?.ended).toEqual({ at: plus(2), reason: 'revoked_by_client' });
      expect(await storage.refreshTokens.rotate(rotationOf(refreshToken, grant, { at: plus(3) }))).toEqual({
        outcome: 'repeated',
        sealedAnswer: rotation.sealedAnswer,
      });
      await arriving.apply([{ kind: 'accessTokens', put: [], remove: [JSON.stringify([accessToken.id])] }]);
      expect(await storage.accessTokens.find(accessToken.id)).toBeNull();
    }));

  it('is not moved to while there is something in it', () =>
    inStore(async (storage, arriving) => {
      await givenTokens(storage);
      await expect(arriving.prepare()).rejects.toThrow();
    }));
}

function leavingContract(inStore: InStore<LeavingStore>): void {
  it('hands out everything that is in it, by pages of any size, and tells every change since', () =>
    inStore(async (storage, leaving) => {
      const { grant, refreshToken } = await givenTokens(storage);
      await inhabit(storage, grant);
      await leaving.begin('there');
      for (const kind of leaving.kinds) {
        const all = await leaving.page(kind, null, 1000);
        const keys: string[] = [];
        for (let after: string | null = null, more = true; more; ) {
          const page: MovedPage = await leaving.page(kind, after, 1);
          keys.push(...page.records.map(({ key }) => key));
          [after, more] = [page.next, page.next !== null];
        }
        expect(keys.sort(), kind).toEqual(all.records.map(({ key }) => key).sort());
        expect((await leaving.read(kind, keys)).length, kind).toBe(keys.length);
      }
      await storage.refreshTokens.rotate(rotationOf(refreshToken, grant));
      const changes = await leaving.changes(100);
      expect(changes.some(({ kind, key }) => kind === 'refreshTokens' && key === JSON.stringify([refreshToken.id]))).toBe(true);
      await leaving.forget(changes);
      expect(await leaving.changes(100)).toEqual([]);
    }));

  it('keeps what it is told of its move, and how far the copy is', () =>
    inStore(async (_, leaving) => {
      expect(await leaving.state()).toBeNull();
      await leaving.begin('there');
      await leaving.reached('users', 'half');
      await leaving.reached('clients', true);
      await leaving.begin('there');
      expect(await leaving.state()).toEqual({ destination: 'there', stage: 'copying', progress: { users: 'half', clients: true } });
      await leaving.abandon();
      expect(await leaving.state()).toBeNull();
    }));

  it('decides nothing any more once it was left', () =>
    inStore(async (storage, leaving) => {
      const { grant, refreshToken } = await givenTokens(storage);
      await leaving.begin('there');
      await leaving.hold(60_000);
      expect((await leaving.state())?.stage).toBe('held');
      let refused = 0;
      const verbs = () => [
        () => storage.refreshTokens.rotate(rotationOf(refreshToken, grant)),
        () => storage.grants.revoke(grant.id, 'revoked_by_person', plus(1)),
        () => storage.users.setDisabled(grant.userId, now),
        () => storage.clients.remove(grant.clientId, now),
      ];
      const left = await leaving.leave(1000, async () => {
        for (const verb of verbs()) if ((await verb().catch((error: unknown) => error)) instanceof StoreMoved) refused += 1;
      });
      expect({ left, refused }).toEqual({ left: true, refused: 4 });
      for (const verb of verbs()) expect((await verb().catch((error: unknown) => error)) instanceof StoreMoved, verb.toString()).toBe(true);
      expect((await leaving.state())?.stage).toBe('moved');
    }));

  it('goes on as before when a hold ends, is not long enough, or the last changes cannot be copied', () =>
    inStore(async (storage, leaving) => {
      const { grant } = await givenTokens(storage);
      await leaving.begin('there');
      await leaving.hold(30);
      await pause(40);
      expect((await leaving.state())?.stage).toBe('copying');
      expect(await leaving.leave(0, async () => {})).toBe(false);
      await leaving.hold(60_000);
      expect(await leaving.leave(120_000, async () => {})).toBe(false);
      await expect(leaving.leave(0, () => Promise.reject(new Error('the line broke')))).rejects.toThrow();
      await leaving.release();
      expect(await storage.grants.revoke(grant.id, 'revoked_by_person', plus(1))).toBe(true);
    }));
}
