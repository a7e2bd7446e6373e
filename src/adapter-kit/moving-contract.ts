import { setTimeout as pause } from 'node:timers/promises';
import type { ArrivingStore, LeavingStore, MovedRecord } from '../application/ports/moved-store.js';
import type { Storage } from '../application/ports/storage.js';
import { StoreMoved } from '../application/ports/store-moved.js';
import { expect } from './expect.js';
import { now, plus, rotationOf, someConsent, someIdentity, someSecret, someSession } from './fixtures.js';
import { givenCode, givenTokens } from './given.js';
import { it } from './runner.js';
import type { StorageHarness } from './storage-harness.js';

/** A store that can be moved to and left (`arriving` and `leaving`) while servers use it. */
export function movingContract(harness: StorageHarness): void {
  /** Two stores, one of which something lives in. */
  async function twoStores(work: (old: Moving, next: Moving) => Promise<void>): Promise<void> {
    const [old, next] = [await harness.create(), await harness.create()];
    try {
      await work(moving(old), moving(next));
    } finally {
      await harness.destroy(old);
      await harness.destroy(next);
    }
  }

  it('arrives elsewhere as it is, by pages of any size, and every change since is told', () =>
    twoStores(async (old, next) => {
      const { storage, leaving } = old;
      const [used, ended, gone] = [await givenTokens(storage), await givenTokens(storage), await givenTokens(storage)];
      await inhabit(storage, used.grant);
      await leaving.begin(await next.arriving.identity());
      await next.arriving.prepare();
      await copyAll(leaving, next.arriving);
      expect(await contents(next.leaving)).toEqual(await contents(leaving));

      const rotation = rotationOf(used.refreshToken, used.grant);
      await storage.refreshTokens.rotate(rotation);
      await storage.grants.revoke(ended.grant.id, 'revoked_by_person', plus(1));
      await storage.users.remove(gone.grant.userId, plus(1));
      await storage.clients.removeSecret(used.grant.clientId, (await storage.clients.find(used.grant.clientId))?.secrets[0]?.id ?? '');
      await givenCode(storage);
      await follow(leaving, next.arriving);
      expect(await leaving.changes(10)).toEqual([]);
      expect(await contents(next.leaving)).toEqual(await contents(leaving));
      expect(await next.storage.refreshTokens.rotate({ ...rotation, at: plus(2) })).toEqual({ outcome: 'repeated', sealedAnswer: rotation.sealedAnswer });
      expect(await next.storage.refreshTokens.rotate(rotationOf(ended.refreshToken, ended.grant))).toEqual({ outcome: 'revoked' });
    }));

  it('is not moved to while there is something in it', () =>
    twoStores(async (old) => {
      await givenTokens(old.storage);
      await expect(old.arriving.prepare()).rejects.toThrow();
    }));

  it('keeps what it is told of its move, and how far the copy is', () =>
    twoStores(async ({ leaving }) => {
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
    twoStores(async ({ storage, leaving }) => {
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
    twoStores(async ({ storage, leaving }) => {
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

interface Moving {
  readonly storage: Storage;
  readonly leaving: LeavingStore;
  readonly arriving: ArrivingStore;
}

function moving(storage: Storage): Moving {
  const { leaving, arriving } = storage;
  if (leaving === undefined || arriving === undefined) throw new Error('the harness says that the store moves, but it has no leaving and arriving');
  return { storage, leaving, arriving };
}

/** Something of what codes and tokens do not bring along. */
async function inhabit(storage: Storage, { userId, clientId, id }: { readonly userId: string; readonly clientId: string; readonly id: string }): Promise<void> {
  await storage.sessions.add(someSession(userId));
  await storage.identities.link(someIdentity(userId));
  await storage.consents.give(someConsent({ userId, clientId }));
  await storage.clients.addSecret(someSecret(clientId));
  await storage.usage.record({ secrets: [], grants: [{ grantId: id, at: plus(1), scopes: ['a'] }] });
}

async function copyAll(from: LeavingStore, to: ArrivingStore): Promise<void> {
  for (const kind of from.kinds) {
    for (let after: string | null = null, more = true; more; ) {
      const page = await from.page(kind, after, 2);
      await to.apply([{ kind, put: page.records, remove: [] }]);
      [after, more] = [page.next, page.next !== null];
    }
  }
}

/** Copies again what changed, as it is now. */
async function follow(from: LeavingStore, to: ArrivingStore): Promise<void> {
  const changes = await from.changes(1000);
  for (const kind of from.kinds) {
    const keys = [...new Set(changes.filter((change) => change.kind === kind).map(({ key }) => key))];
    const put = await from.read(kind, keys);
    const there = put.map(({ key }) => key);
    await to.apply([{ kind, put, remove: keys.filter((key) => !there.includes(key)) }]);
  }
  await from.forget(changes);
}

/** All records by kind, in the order of their keys. */
async function contents(store: LeavingStore): Promise<Record<string, readonly MovedRecord[]>> {
  const all: Record<string, MovedRecord[]> = {};
  for (const kind of store.kinds) all[kind] = [...(await store.page(kind, null, 1000)).records].sort((one, other) => (one.key < other.key ? -1 : 1));
  return all;
}
