import { expect, it } from 'vitest';
import type { Storage } from '../../src/application/ports/storage.js';
import type { Session } from '../../src/domain/people/session.js';
import type { User } from '../../src/domain/people/user.js';
import { farthest, newBytes, plus, someSession, someUser, strangeKeys } from './fixtures.js';

export function sessionContract(store: () => Storage): void {
  async function givenUser(): Promise<User> {
    const user = someUser();
    await store().users.add(user);
    return user;
  }

  async function givenSession(userId: string, fields: Partial<Session> = {}): Promise<Session> {
    const session = someSession(userId, fields);
    await store().sessions.add(session);
    return session;
  }

  it('keeps every field, of a session that expired too', async () => {
    const user = await givenUser();
    const sessions = [
      await givenSession(user.id, { authenticatedAt: plus(-1), expiresAt: farthest }),
      await givenSession(user.id, { authenticatedAt: plus(-2), expiresAt: plus(-1) }),
      await givenSession(user.id, { digest: new Uint8Array(32) }),
    ];
    for (const session of sessions) expect(await store().sessions.find(session.id)).toEqual(session);
  });

  it('refuses a second session of the same id, and keeps the first as it is', async () => {
    const user = await givenUser();
    const session = await givenSession(user.id);
    await expect(store().sessions.add({ ...session, digest: newBytes() })).rejects.toThrow();
    expect(await store().sessions.find(session.id)).toEqual(session);
  });

  it('ends one session and no other', async () => {
    const user = await givenUser();
    const [ended, other] = [await givenSession(user.id), await givenSession(user.id)];
    await store().sessions.end(ended.id);
    await store().sessions.end(ended.id);
    expect(await store().sessions.find(ended.id)).toBeNull();
    expect(await store().sessions.find(other.id)).toEqual(other);
  });

  it('ends every session of a person, and nobody else’s', async () => {
    const [one, other] = [await givenUser(), await givenUser()];
    const sessions = [await givenSession(one.id), await givenSession(one.id, { expiresAt: plus(-1) })];
    const bystander = await givenSession(other.id);
    expect(await store().sessions.endAllOf(one.id)).toBe(2);
    for (const { id } of sessions) expect(await store().sessions.find(id)).toBeNull();
    expect(await store().sessions.find(bystander.id)).toEqual(bystander);
    expect(await store().sessions.endAllOf(one.id)).toBe(0);
  });

  it('finds and ends nothing under any other key', async () => {
    const user = await givenUser();
    const session = await givenSession(user.id);
    for (const key of [someUser().id, ...strangeKeys]) {
      expect(await store().sessions.find(key), `id ${key}`).toBeNull();
      await store().sessions.end(key);
      expect(await store().sessions.endAllOf(key), `user ${key}`).toBe(0);
    }
    expect(await store().sessions.find(session.id)).toEqual(session);
  });
}
