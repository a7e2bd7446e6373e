import type { OtherWays } from '../application/ports/identity-repository.js';
import type { Storage } from '../application/ports/storage.js';
import type { LinkedIdentity } from '../domain/people/identity.js';
import type { User } from '../domain/people/user.js';
import { expect } from './expect.js';
import { farthest, plus, someIdentity, someUser, strangeKeys, trickyTexts } from './fixtures.js';
import { givenUser } from './given.js';
import { atOnce, tally, tenTimes } from './races.js';
import { it } from './runner.js';

export function identityContract(store: () => Storage): void {
  async function givenLinked(userId: string, fields: Partial<LinkedIdentity> = {}): Promise<LinkedIdentity> {
    const identity = someIdentity(userId, fields);
    expect(await store().identities.link(identity)).toBe('linked');
    return identity;
  }

  const owner = async ({ issuer, subject }: LinkedIdentity) => (await store().identities.findUser(issuer, subject))?.id ?? null;

  it('adds a person together with their identity, and keeps every field of both', async () => {
    for (const fields of [
      {},
      { email: null },
      {
        linkedAt: farthest,
        subject: trickyTexts
          .join(' ')
          .replaceAll(/[\n\t]/g, '')
          .slice(0, 255),
      },
    ]) {
      const user = someUser({ passwordHash: null });
      const identity = someIdentity(user.id, fields);
      expect(await store().identities.addWithUser(identity, user)).toEqual({ outcome: 'added' });
      expect(await store().users.find(user.id)).toEqual(user);
      expect(await store().identities.findUser(identity.issuer, identity.subject)).toEqual(user);
      expect(await store().identities.listOf(user.id)).toEqual([identity]);
    }
  });

  it('answers whom an identity leads to already, and keeps nothing of the second person', async () => {
    const user = someUser();
    const identity = someIdentity(user.id);
    await store().identities.addWithUser(identity, user);
    for (const second of [someUser(), someUser({ email: user.email })]) {
      expect(await store().identities.addWithUser({ ...identity, userId: second.id }, second)).toEqual({ outcome: 'known', user });
      expect(await store().users.find(second.id)).toBeNull();
    }
  });

  it('hands nobody’s account over for its e-mail address, and keeps nothing of the identity', async () => {
    const holder = await givenUser(store());
    const second = someUser({ email: holder.email });
    const identity = someIdentity(second.id, { email: holder.email });
    expect(await store().identities.addWithUser(identity, second)).toEqual({ outcome: 'email_taken' });
    expect(await owner(identity)).toBeNull();
    expect(await store().users.find(second.id)).toBeNull();
    expect(await store().identities.listOf(holder.id)).toEqual([]);
  });

  it('makes one person of ten first sign-ins of one identity at once', () =>
    tenTimes(async () => {
      const users = Array.from({ length: 10 }, (_, index) => someUser(index % 2 === 0 ? {} : { email: `${index}@${someUser().id}.example` }));
      const identity = someIdentity('');
      const outcomes = await atOnce(10, (index) => {
        const user = users[index] as User;
        return store().identities.addWithUser({ ...identity, userId: user.id }, user);
      });
      expect(tally(outcomes)).toEqual({ added: 1, known: 9 });
      const winner = users[outcomes.findIndex(({ outcome }) => outcome === 'added')];
      for (const result of outcomes) if (result.outcome === 'known') expect(result.user).toEqual(winner);
      expect(await Promise.all(users.map(async ({ id }) => (await store().users.find(id)) !== null))).toEqual(users.map((user) => user === winner));
    }));

  it('tells issuers apart that use the same subject, and subjects that differ in case', async () => {
    const people = await Promise.all(Array.from({ length: 3 }, () => givenUser(store())));
    const one = await givenLinked(people[0]?.id ?? '', { subject: 'a' });
    const elsewhere = await givenLinked(people[1]?.id ?? '', { subject: 'a', issuer: `${one.issuer}/` });
    const upper = await givenLinked(people[2]?.id ?? '', { subject: 'A', issuer: one.issuer });
    expect([await owner(one), await owner(elsewhere), await owner(upper)]).toEqual(people.map(({ id }) => id));
  });

  it('links several identities to a person, lists them oldest first, and links again without a change', async () => {
    const user = await givenUser(store());
    const later = await givenLinked(user.id, { linkedAt: plus(5) });
    const first = await givenLinked(user.id, { linkedAt: plus(1) });
    expect(await store().identities.link({ ...first, linkedAt: plus(9), email: 'changed@example.com' })).toBe('linked');
    expect(await store().identities.listOf(user.id)).toEqual([first, later]);
  });

  it('leaves an identity with the person it leads to', async () => {
    const [holder, other] = [await givenUser(store()), await givenUser(store())];
    const identity = await givenLinked(holder.id);
    expect(await store().identities.link({ ...identity, userId: other.id })).toBe('of_another');
    expect(await owner(identity)).toBe(holder.id);
    expect(await store().identities.listOf(other.id)).toEqual([]);
  });

  it('gives an identity that ten people link at once to exactly one', () =>
    tenTimes(async () => {
      const people = await Promise.all(Array.from({ length: 10 }, () => givenUser(store())));
      const identity = someIdentity('');
      const outcomes = await atOnce(10, (index) => store().identities.link({ ...identity, userId: people[index]?.id ?? '' }));
      expect(tally(outcomes)).toEqual({ linked: 1, of_another: 9 });
      expect(await owner(identity)).toBe(people[outcomes.indexOf('linked')]?.id);
    }));

  it('links nothing to somebody who is not there', async () => {
    const identity = someIdentity(someUser().id);
    await expect(store().identities.link(identity)).rejects.toThrow();
    expect(await owner(identity)).toBeNull();
  });

  it.each<[string, Partial<User>, OtherWays, 'unlinked' | 'last_way']>([
    ['somebody with a password', { passwordHash: 'x' }, { password: true, issuers: [] }, 'unlinked'],
    ['somebody whose password no longer counts', { passwordHash: 'x' }, { password: false, issuers: [] }, 'last_way'],
    ['somebody without one', { passwordHash: null }, { password: true, issuers: ['https://elsewhere.example'] }, 'last_way'],
  ])('unlinks, or not, the only identity of %s', async (_, fields, others, outcome) => {
    const user = await givenUser(store(), fields);
    const identity = await givenLinked(user.id);
    // Its own issuer is one of those that count: it is no other way all the same.
    expect(await store().identities.unlink(user.id, identity, { ...others, issuers: [...others.issuers, identity.issuer] })).toBe(outcome);
    expect(await owner(identity)).toBe(outcome === 'unlinked' ? null : user.id);
  });

  it('unlinks one of two identities only while the other is of an issuer that counts', async () => {
    const user = await givenUser(store(), { passwordHash: null });
    const [one, other] = [await givenLinked(user.id), await givenLinked(user.id)];
    const without = { password: true, issuers: [one.issuer] };
    expect(await store().identities.unlink(user.id, one, without)).toBe('last_way');
    expect(await store().identities.unlink(user.id, one, { password: true, issuers: [other.issuer] })).toBe('unlinked');
    expect(await store().identities.listOf(user.id)).toEqual([other]);
  });

  it('leaves one way in when all are unlinked at once', () =>
    tenTimes(async () => {
      const user = await givenUser(store(), { passwordHash: null });
      const identities = await Promise.all(Array.from({ length: 4 }, () => givenLinked(user.id)));
      const others = { password: true, issuers: identities.map(({ issuer }) => issuer) };
      const outcomes = await atOnce(4, (index) => store().identities.unlink(user.id, identities[index] as LinkedIdentity, others));
      expect(tally(outcomes)).toEqual({ unlinked: 3, last_way: 1 });
      expect(await store().identities.listOf(user.id)).toHaveLength(1);
    }));

  it('unlinks nobody else’s identity', async () => {
    const [holder, other] = [await givenUser(store()), await givenUser(store())];
    const identity = await givenLinked(holder.id);
    expect(await store().identities.unlink(other.id, identity, { password: true, issuers: [] })).toBe('unknown');
    expect(await owner(identity)).toBe(holder.id);
  });

  it('finds nothing under any other key', async () => {
    const user = await givenUser(store());
    const identity = await givenLinked(user.id);
    for (const key of [someUser().id, ...strangeKeys]) {
      expect(await store().identities.findUser(key, identity.subject)).toBeNull();
      expect(await store().identities.findUser(identity.issuer, key)).toBeNull();
      expect(await store().identities.listOf(key)).toEqual([]);
      expect(await store().identities.unlink(key, identity, { password: true, issuers: [] })).toBe('unknown');
      expect(await store().identities.unlink(user.id, { issuer: identity.issuer, subject: key }, { password: true, issuers: [] })).toBe('unknown');
    }
    expect(await owner(identity)).toBe(user.id);
  });
}
