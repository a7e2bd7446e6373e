import type { Storage } from '../application/ports/storage.js';
import type { AccountLink } from '../domain/accounts/account-link.js';
import type { User } from '../domain/people/user.js';
import { uuid7 } from '../domain/tokens/uuid7.js';
import { expect } from './expect.js';
import { newBytes, now, plus, someSession, someUser, strangeKeys } from './fixtures.js';
import { givenUser } from './given.js';
import { purgeAll } from './purge-all.js';
import { atOnce, tally } from './races.js';
import { describe, it } from './runner.js';

export function passwordContract(store: () => Storage): void {
  async function givenSession(userId: string): Promise<string> {
    const session = someSession(userId);
    await store().sessions.add(session);
    return session.id;
  }
  async function givenLink(fields: Partial<AccountLink> = {}): Promise<AccountLink> {
    const id = uuid7(now);
    const link = { id, digest: newBytes(), email: `${id}@example.com`, userId: null, requestId: null, expiresAt: plus(60_000), ...fields };
    await store().passwords.keepLink(link);
    return link;
  }
  const hashOf = async ({ id }: User) => (await store().users.find(id))?.passwordHash;

  describe('a link', () => {
    it('is kept with every field', async () => {
      const user = await givenUser(store());
      for (const link of [await givenLink(), await givenLink({ email: user.email, userId: user.id, requestId: 'some request', expiresAt: plus(-1) })])
        expect(await store().passwords.findLink(link.id)).toEqual(link);
    });

    it('takes the place of the earlier one for the same address', async () => {
      const old = await givenLink();
      const other = await givenLink();
      const link = await givenLink({ email: old.email });
      expect(await store().passwords.findLink(old.id)).toBeNull();
      for (const kept of [link, other]) expect(await store().passwords.findLink(kept.id)).toEqual(kept);
    });

    it('is refused under an id that is taken by one for another address, and both addresses keep theirs', async () => {
      const [one, other] = [await givenLink(), await givenLink()];
      await expect(store().passwords.keepLink({ ...other, id: one.id, digest: newBytes() })).rejects.toThrow();
      for (const link of [one, other]) expect(await store().passwords.findLink(link.id)).toEqual(link);
    });

    it('is the only one left of 20 that are made at once', async () => {
      const { email } = await givenLink();
      const links = await atOnce(20, () => givenLink({ email }));
      const left = (await Promise.all(links.map(({ id }) => store().passwords.findLink(id)))).filter((link) => link !== null);
      expect(left.length).toBe(1);
    });

    it('is found under no other key', async () => {
      await givenLink();
      for (const key of strangeKeys) expect(await store().passwords.findLink(key)).toBeNull();
    });

    it('is purged once it is over', async () => {
      const [over, living] = [await givenLink({ expiresAt: plus(1) }), await givenLink({ expiresAt: plus(2) })];
      await purgeAll(store(), plus(2));
      expect(await store().passwords.findLink(over.id)).toBeNull();
      expect(await store().passwords.findLink(living.id)).toEqual(living);
    });
  });

  describe('a password set by a link', () => {
    it('is the person’s from then on; every session of theirs and the link are gone, and nobody else’s', async () => {
      const [user, other] = [await givenUser(store()), await givenUser(store())];
      const [one, two, others] = [await givenSession(user.id), await givenSession(user.id), await givenSession(other.id)];
      const link = await givenLink({ email: user.email, userId: user.id });
      expect(await store().passwords.setByLink(link.id, 'new hash')).toBe('set');
      expect(await store().users.find(user.id)).toEqual({ ...user, passwordHash: 'new hash' });
      expect(await hashOf(other)).toBe(other.passwordHash);
      for (const id of [one, two]) expect(await store().sessions.find(id)).toBeNull();
      expect((await store().sessions.find(others))?.userId).toBe(other.id);
      expect(await store().passwords.findLink(link.id)).toBeNull();
    });

    it('is set once, of 20 at once', async () => {
      const user = await givenUser(store());
      const link = await givenLink({ email: user.email, userId: user.id });
      expect(tally(await atOnce(20, (index) => store().passwords.setByLink(link.id, `hash ${index}`)))).toEqual({ set: 1, spent: 19 });
    });

    it('is not set by a link that was replaced, is for a new address, or never was', async () => {
      const user = await givenUser(store());
      const old = await givenLink({ email: user.email, userId: user.id });
      await givenLink({ email: user.email, userId: user.id });
      for (const key of [old.id, (await givenLink()).id, ...strangeKeys]) expect(await store().passwords.setByLink(key, 'new hash')).toBe('spent');
      expect(await hashOf(user)).toBe(user.passwordHash);
    });
  });

  it('is set for nobody who was removed, and uses up the link', async () => {
    const user = await givenUser(store());
    const link = await givenLink({ email: user.email, userId: user.id });
    await store().users.remove(user.id, plus(1));
    expect(await store().passwords.setByLink(link.id, 'new hash')).toBe('spent');
    expect(await store().passwords.findLink(link.id)).toBeNull();
  });

  describe('a person added by a link', () => {
    it('is there with every field, once of 20 at once', async () => {
      const link = await givenLink();
      const people = Array.from({ length: 20 }, () => someUser({ email: link.email }));
      expect(tally(await atOnce(20, (index) => store().passwords.addByLink(link.id, people[index] as User)))).toEqual({ added: 1, spent: 19 });
      const added = await store().users.findByEmail(link.email);
      expect(people.some((person) => person.id === added?.id)).toBe(true);
      expect(await store().passwords.findLink(link.id)).toBeNull();
    });

    it('is not added where somebody has the address meanwhile, whose password stays', async () => {
      const user = await givenUser(store());
      const link = await givenLink({ email: user.email });
      expect(await store().passwords.addByLink(link.id, someUser({ email: user.email }))).toBe('email_taken');
      expect(await store().users.findByEmail(user.email)).toEqual(user);
      expect(await store().passwords.addByLink(link.id, someUser({ email: user.email }))).toBe('spent');
    });

    it('is not added by a link of a person', async () => {
      const user = await givenUser(store());
      const link = await givenLink({ email: user.email, userId: user.id });
      for (const key of [link.id, ...strangeKeys]) expect(await store().passwords.addByLink(key, someUser())).toBe('spent');
      expect(await store().passwords.findLink(link.id)).toEqual(link);
    });
  });

  describe('a password that is changed', () => {
    it('ends the other sessions and the links of the person, and nothing of anybody else', async () => {
      const [user, other] = [await givenUser(store()), await givenUser(store())];
      const [here, there, others] = [await givenSession(user.id), await givenSession(user.id), await givenSession(other.id)];
      const [link, foreign] = [await givenLink({ email: user.email, userId: user.id }), await givenLink({ email: other.email, userId: other.id })];
      const change = { userId: user.id, from: user.passwordHash ?? '', to: 'new hash', exceptSession: here };
      expect(await store().passwords.change(change)).toBe('changed');
      expect(await hashOf(user)).toBe('new hash');
      expect(await hashOf(other)).toBe(other.passwordHash);
      expect(await store().sessions.find(there)).toBeNull();
      expect(await store().passwords.findLink(link.id)).toBeNull();
      for (const id of [here, others]) expect((await store().sessions.find(id))?.id).toBe(id);
      expect(await store().passwords.findLink(foreign.id)).toEqual(foreign);
    });

    it('is changed once by 20 at once who all knew the same', async () => {
      const user = await givenUser(store());
      const change = { userId: user.id, from: user.passwordHash ?? '', exceptSession: uuid7(now) };
      expect(tally(await atOnce(20, (index) => store().passwords.change({ ...change, to: `hash ${index}` })))).toEqual({ changed: 1, outdated: 19 });
    });

    it('stays where it is not the one that was known, or where there is none', async () => {
      const [user, without] = [await givenUser(store()), await givenUser(store(), { passwordHash: null })];
      const session = await givenSession(user.id);
      const change = { userId: user.id, from: 'another hash', to: 'new hash', exceptSession: uuid7(now) };
      for (const userId of [user.id, without.id, ...strangeKeys]) expect(await store().passwords.change({ ...change, userId })).toBe('outdated');
      expect(await hashOf(user)).toBe(user.passwordHash);
      expect(await hashOf(without)).toBeNull();
      expect((await store().sessions.find(session))?.id).toBe(session);
    });
  });
}
