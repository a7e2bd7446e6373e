import type { Storage } from '../application/ports/storage.js';
import type { Session } from '../domain/people/session.js';
import { uuid7 } from '../domain/tokens/uuid7.js';
import { expect } from './expect.js';
import { farthest, newBytes, now, plus, someSession, someUser, strangeKeys } from './fixtures.js';
import { givenUser } from './given.js';
import { pagesOf } from './pages-of.js';
import { atOnce, tenTimes } from './races.js';
import { it } from './runner.js';

export function sessionContract(store: () => Storage): void {
  async function givenSession(userId: string, fields: Partial<Session> = {}): Promise<Session> {
    const session = someSession(userId, fields);
    await store().sessions.add(session);
    return session;
  }

  it('keeps every field, of a session that expired too', async () => {
    const user = await givenUser(store());
    const sessions = [
      await givenSession(user.id, { authenticatedAt: plus(-1), expiresAt: farthest }),
      await givenSession(user.id, { authenticatedAt: plus(-2), expiresAt: plus(-1) }),
      await givenSession(user.id, { digest: new Uint8Array(32) }),
      await givenSession(user.id, { method: 'provider:google', from: null, browser: null, createdAt: plus(3), lastSeenAt: plus(4) }),
    ];
    for (const session of sessions) expect(await store().sessions.find(session.id)).toEqual(session);
  });

  it('refuses a second session of the same id, and keeps the first as it is', async () => {
    const user = await givenUser(store());
    const session = await givenSession(user.id);
    await expect(store().sessions.add({ ...session, digest: newBytes() })).rejects.toThrow();
    expect(await store().sessions.find(session.id)).toEqual(session);
  });

  it('ends one session and no other', async () => {
    const user = await givenUser(store());
    const [ended, other] = [await givenSession(user.id), await givenSession(user.id)];
    await store().sessions.end(ended.id);
    await store().sessions.end(ended.id);
    expect(await store().sessions.find(ended.id)).toBeNull();
    expect(await store().sessions.find(other.id)).toEqual(other);
  });

  it('ends every session of a person, and nobody else’s', async () => {
    const [one, other] = [await givenUser(store()), await givenUser(store())];
    const sessions = [await givenSession(one.id), await givenSession(one.id, { expiresAt: plus(-1) })];
    const bystander = await givenSession(other.id);
    expect(await store().sessions.endAllOf(one.id, null)).toBe(2);
    for (const { id } of sessions) expect(await store().sessions.find(id)).toBeNull();
    expect(await store().sessions.find(bystander.id)).toEqual(bystander);
    expect(await store().sessions.endAllOf(one.id, null)).toBe(0);
  });

  it('ends every session of a person but one', async () => {
    const [one, other] = [await givenUser(store()), await givenUser(store())];
    const [kept, ended, expired] = [await givenSession(one.id), await givenSession(one.id), await givenSession(one.id, { expiresAt: plus(-1) })];
    const bystander = await givenSession(other.id);
    expect(await store().sessions.endAllOf(one.id, kept.id)).toBe(2);
    for (const { id } of [ended, expired]) expect(await store().sessions.find(id)).toBeNull();
    for (const session of [kept, bystander]) expect(await store().sessions.find(session.id)).toEqual(session);
    expect(await store().sessions.endAllOf(one.id, bystander.id)).toBe(1);
    expect(await store().sessions.find(bystander.id)).toEqual(bystander);
  });

  it('ends a session for the person whose it is, and for nobody else', async () => {
    const [one, other] = [await givenUser(store()), await givenUser(store())];
    const session = await givenSession(one.id);
    expect(await store().sessions.endOneOf(other.id, session.id)).toBe(false);
    expect(await store().sessions.find(session.id)).toEqual(session);
    expect(await store().sessions.endOneOf(one.id, session.id)).toBe(true);
    expect(await store().sessions.find(session.id)).toBeNull();
    expect(await store().sessions.endOneOf(one.id, session.id)).toBe(false);
  });

  it('starts no session for somebody who is disabled or not there, and does when they are enabled again', async () => {
    const user = await givenUser(store());
    await store().users.setDisabled(user.id, plus(1));
    const session = someSession(user.id);
    expect(await store().sessions.add(session)).toBe(false);
    expect(await store().sessions.find(session.id)).toBeNull();
    await store().users.setDisabled(user.id, null);
    expect(await store().sessions.add(session)).toBe(true);
    for (const key of [someUser().id, ...strangeKeys]) expect(await store().sessions.add(someSession(key)), `user ${key}`).toBe(false);
  });

  it('leaves no session of a person who is disabled while 10 are started', () =>
    tenTimes(async () => {
      const user = await givenUser(store());
      const sessions = Array.from({ length: 10 }, () => someSession(user.id));
      const disable = async () => {
        await store().users.setDisabled(user.id, plus(1));
        await store().sessions.endAllOf(user.id, null);
      };
      await atOnce<unknown>(11, (index) => (index === 5 ? disable() : store().sessions.add(sessions[index > 5 ? index - 1 : index] as Session)));
      for (const { id } of sessions) expect(await store().sessions.find(id)).toBeNull();
    }));

  it('starts a session by a password only while it is the person’s password', async () => {
    const user = someUser({ passwordHash: 'verified' });
    await store().users.add(user);
    const [right, wrong] = [someSession(user.id), someSession(user.id)];
    expect(await store().sessions.add(right, 'verified')).toBe(true);
    expect(await store().sessions.add(wrong, 'of before')).toBe(false);
    expect(await store().sessions.find(wrong.id)).toBeNull();
    expect(await store().sessions.add(someSession((await givenUser(store())).id), 'of nobody')).toBe(false);
  });

  it('leaves no session begun by the old password when it is changed while 10 are started', () =>
    tenTimes(async () => {
      const user = someUser({ passwordHash: 'old' });
      await store().users.add(user);
      const own = await givenSession(user.id);
      const sessions = Array.from({ length: 10 }, () => someSession(user.id));
      await Promise.all([
        store().passwords.change({ userId: user.id, from: 'old', to: 'new', exceptSession: own.id }),
        ...sessions.map((session) => store().sessions.add(session, 'old')),
      ]);
      for (const { id } of sessions) expect(await store().sessions.find(id)).toBeNull();
      expect(await store().sessions.find(own.id)).not.toBeNull();
    }));

  it('notes when the person was here and how long the session lasts from then, and changes nothing else', async () => {
    const user = await givenUser(store());
    const [session, other] = [await givenSession(user.id), await givenSession(user.id)];
    await store().sessions.touch(session.id, plus(5), plus(50));
    expect(await store().sessions.find(session.id)).toEqual({ ...session, lastSeenAt: plus(5), expiresAt: plus(50) });
    expect(await store().sessions.find(other.id)).toEqual(other);
  });

  it('lets the later of two touches count, in whatever order they come', async () => {
    const user = await givenUser(store());
    const session = await givenSession(user.id);
    await store().sessions.touch(session.id, plus(9), plus(90));
    await store().sessions.touch(session.id, plus(5), plus(50));
    expect(await store().sessions.find(session.id)).toEqual({ ...session, lastSeenAt: plus(9), expiresAt: plus(90) });
  });

  it('brings no session back that was ended', async () => {
    const user = await givenUser(store());
    const session = await givenSession(user.id);
    await store().sessions.end(session.id);
    await store().sessions.touch(session.id, plus(5), plus(50));
    expect(await store().sessions.find(session.id)).toBeNull();
  });

  it('lists what a person is signed in with, newest first and a page at a time, without what expired', async () => {
    const [user, other] = [await givenUser(store()), await givenUser(store())];
    const live = [await givenSession(user.id), await givenSession(user.id, { expiresAt: plus(11) }), await givenSession(user.id)];
    for (const expiresAt of [plus(9), plus(10)]) await givenSession(user.id, { expiresAt });
    await givenSession(other.id);
    const newestFirst = [...live].sort((one, another) => (one.id < another.id ? 1 : -1));
    for (const limit of [1, 2, 3, 9]) expect((await pagesOf((page) => store().sessions.listOf(user.id, plus(10), page), limit)).flat()).toEqual(newestFirst);
  });

  it('neither shifts nor repeats what follows when sessions begin meanwhile', async () => {
    const user = await givenUser(store());
    const sessions: Session[] = [];
    for (let index = 0; index < 6; index += 1) sessions.unshift(await givenSession(user.id, { id: uuid7(plus(index * 1000)) }));
    const pages = await pagesOf(async (page) => {
      const answer = await store().sessions.listOf(user.id, now, page);
      await givenSession(user.id, { id: uuid7(plus(60_000)) });
      return answer;
    }, 2);
    expect(pages.flat()).toEqual(sessions);
  });

  it('finds and ends nothing under any other key', async () => {
    const user = await givenUser(store());
    const session = await givenSession(user.id);
    for (const key of [someUser().id, ...strangeKeys]) {
      expect(await store().sessions.find(key), `id ${key}`).toBeNull();
      await store().sessions.end(key);
      await store().sessions.touch(key, plus(1), plus(2));
      expect(await store().sessions.endAllOf(key, null), `user ${key}`).toBe(0);
      expect(await store().sessions.endOneOf(key, session.id), `user ${key}`).toBe(false);
      expect(await store().sessions.endOneOf(user.id, key), `id ${key}`).toBe(false);
      expect(await store().sessions.listOf(key, now, { limit: 9 }), `user ${key}`).toEqual({ items: [], next: null });
      expect((await store().sessions.listOf(user.id, now, { limit: 1, after: key })).items.length, `after ${key}`).toBeLessThan(2);
    }
    expect(await store().sessions.find(session.id)).toEqual(session);
  });
}
