import type { ArrivingStore, LeavingStore, MovedRecord } from '../application/ports/moved-store.js';
import type { Storage } from '../application/ports/storage.js';
import { plus, someConsent, someIdentity, someSecret, someSession } from './fixtures.js';

export function arrivingOf(storage: Storage | undefined): ArrivingStore {
  if (storage?.arriving === undefined) throw new Error('the harness says that the store can be moved to (`moves`), but it has no `arriving`');
  return storage.arriving;
}

export function leavingOf(storage: Storage | undefined): LeavingStore {
  if (storage?.leaving === undefined) throw new Error('the harness says that the store can be left (`moves`), but it has no `leaving`');
  return storage.leaving;
}

/** Something of what codes and tokens do not bring along. */
export async function inhabit(
  storage: Storage,
  { userId, clientId, id }: { readonly userId: string; readonly clientId: string; readonly id: string },
): Promise<void> {
  await storage.sessions.add(someSession(userId));
  await storage.identities.link(someIdentity(userId));
  await storage.consents.give(someConsent({ userId, clientId }));
  await storage.clients.addSecret(someSecret(clientId));
  await storage.usage.record({ secrets: [], grants: [{ grantId: id, at: plus(1), scopes: ['a'] }] });
}

export async function copyAll(from: LeavingStore, to: ArrivingStore): Promise<void> {
  for (const kind of from.kinds) {
    for (let after: string | null = null, more = true; more; ) {
      const page = await from.page(kind, after, 2);
      await to.apply([{ kind, put: page.records, remove: [] }]);
      [after, more] = [page.next, page.next !== null];
    }
  }
}

/** Copies again what changed, as it is now. */
export async function follow(from: LeavingStore, to: ArrivingStore): Promise<void> {
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
export async function contents(store: LeavingStore): Promise<Record<string, readonly MovedRecord[]>> {
  const all: Record<string, MovedRecord[]> = {};
  for (const kind of store.kinds) all[kind] = [...(await store.page(kind, null, 1000)).records].sort((one, other) => (one.key < other.key ? -1 : 1));
  return all;
}
