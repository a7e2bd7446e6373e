import type { Storage } from '../application/ports/storage.js';
import type { User } from '../domain/people/user.js';
import { expect } from './expect.js';
import { farthest, now, plus, someSession, someUser, strangeKeys, trickyTexts } from './fixtures.js';
import { givenUser } from './given.js';
import { pagesOf } from './pages-of.js';
import { atOnce, tally, tenTimes } from './races.js';
import { it } from './runner.js';

export function userContract(store: () => Storage): void {
  it.each<[string, Partial<User>]>([
    ['an administrator', { admin: true, passwordHash: `$argon2id$v=19$m=19456,t=2,p=1$${'x'.repeat(500)}` }],
    ['somebody without a password', { passwordHash: null }],
    ['somebody disabled', { disabledAt: plus(1) }],
    ['somebody of the year 9999', { createdAt: farthest, disabledAt: farthest }],
    ['a name in any script', { username: trickyTexts.join(' ') }],
    ['a name of 100 characters outside the basic plane', { username: '𝒜'.repeat(100) }],
    ['the longest e-mail address', { email: `${'a'.repeat(64)}@${'b'.repeat(185)}.com` }],
  ])('keeps every field of %s', async (_, fields) => {
    const user = someUser(fields);
    expect(await store().users.add(user)).toBe('added');
    expect(await store().users.find(user.id)).toEqual(user);
    expect(await store().users.findByEmail(user.email)).toEqual(user);
  });

  it('tells an e-mail address that is taken, and keeps nothing of the second person', async () => {
    const first = someUser();
    const second = someUser({ email: first.email, username: 'Somebody else' });
    await store().users.add(first);
    expect(await store().users.add(second)).toBe('email_taken');
    expect(await store().users.find(second.id)).toBeNull();
    expect(await store().users.findByEmail(first.email)).toEqual(first);
  });

  it('gives an e-mail address that 20 people ask for at once to exactly one', () =>
    tenTimes(async () => {
      const email = `${someUser().id}@example.com`;
      const users = Array.from({ length: 20 }, () => someUser({ email }));
      const outcomes = await atOnce(20, (index) => store().users.add(users[index] as User));
      expect(tally(outcomes)).toEqual({ added: 1, email_taken: 19 });
      expect(await store().users.findByEmail(email)).toEqual(users[outcomes.indexOf('added')]);
    }));

  it('refuses a second person of the same id, and keeps the first as it is', async () => {
    const user = await givenUser(store());
    await expect(store().users.add({ ...someUser(), id: user.id })).rejects.toThrow();
    expect(await store().users.find(user.id)).toEqual(user);
  });

  it('finds nobody under any other key', async () => {
    await store().users.add(someUser());
    for (const key of [someUser().id, ...strangeKeys]) {
      expect(await store().users.find(key), `id ${key}`).toBeNull();
      expect(await store().users.findByEmail(key), `e-mail ${key}`).toBeNull();
    }
  });

  it('forgets a person and what hangs on them, and nobody else', async () => {
    const [user, other] = [someUser({ admin: true }), someUser()];
    for (const one of [user, other]) await store().users.add(one);
    const sessions = [someSession(user.id), someSession(other.id)] as const;
    for (const session of sessions) await store().sessions.add(session);
    expect(await store().users.remove(user.id, plus(1))).toBe(true);

    expect(await store().users.find(user.id)).toBeNull();
    expect(await store().users.findByEmail(user.email)).toBeNull();
    expect(await store().users.setDisabled(user.id, null)).toBe(false);
    expect(await store().users.remove(user.id, plus(2))).toBe(false);
    expect(await store().sessions.find(sessions[0].id)).toBeNull();
    expect(await store().sessions.add(someSession(user.id))).toBe(false);
    expect((await store().users.list({ limit: 100 })).items.map(({ id }) => id)).not.toContain(user.id);

    expect(await store().users.find(other.id)).toEqual(other);
    expect(await store().sessions.find(sessions[1].id)).toEqual(sessions[1]);
    expect(await store().users.add(someUser({ email: user.email }))).toBe('added');
  });

  it('lets one of 10 who remove a person at once do it', () =>
    tenTimes(async () => {
      const user = await givenUser(store());
      const outcomes = await atOnce(10, () => store().users.remove(user.id, plus(1)));
      expect(outcomes.filter(Boolean)).toHaveLength(1);
    }));

  it('removes nobody under any other key', async () => {
    const user = await givenUser(store());
    for (const key of [someUser().id, ...strangeKeys]) expect(await store().users.remove(key, plus(1)), `id ${key}`).toBe(false);
    expect(await store().users.find(user.id)).toEqual(user);
  });

  it('disables and enables a person, and changes nothing else', async () => {
    const user = await givenUser(store());
    expect(await store().users.setDisabled(user.id, plus(5))).toBe(true);
    expect(await store().users.find(user.id)).toEqual({ ...user, disabledAt: plus(5) });
    expect(await store().users.setDisabled(user.id, null)).toBe(true);
    expect(await store().users.find(user.id)).toEqual(user);
  });

  it('says that there is nobody to disable', async () => {
    const bystander = await givenUser(store());
    for (const key of [someUser().id, ...strangeKeys]) expect(await store().users.setDisabled(key, now), `id ${key}`).toBe(false);
    expect(await store().users.find(bystander.id)).toEqual(bystander);
  });

  it('lists people newest first, each once, however they fall into pages', async () => {
    const users = Array.from({ length: 7 }, (_, index) => someUser({ createdAt: plus(index * 1000) }));
    for (const user of [...users].reverse()) await store().users.add(user);
    const ids = users.map((user) => user.id);
    for (const limit of [1, 2, 3, 7, 100]) {
      const listed = (await pagesOf((page) => store().users.list(page), limit)).flat();
      expect(new Set(listed.map((user) => user.id)).size).toBe(listed.length);
      expect(listed.filter((user) => ids.includes(user.id))).toEqual([...users].reverse());
    }
  });

  it('neither shifts nor repeats what follows when people are added meanwhile', async () => {
    const users = Array.from({ length: 6 }, (_, index) => someUser({ createdAt: plus(index * 1000) }));
    for (const user of users) await store().users.add(user);
    const ids = users.map((user) => user.id);
    const pages = await pagesOf(async (page) => {
      const answer = await store().users.list(page);
      await store().users.add(someUser({ createdAt: plus(60_000) }));
      return answer;
    }, 2);
    const listed = pages.flat().filter((user) => ids.includes(user.id));
    expect(listed).toEqual([...users].reverse());
  });

  it('answers an empty last page after a key that cannot be one', async () => {
    await store().users.add(someUser());
    for (const key of strangeKeys.slice(1)) expect(await store().users.list({ limit: 5, after: key }), `after ${key}`).toEqual({ items: [], next: null });
  });
}
