import { beforeEach, describe, expect, it } from 'vitest';
import { someConsent, someSession } from '../../../src/adapter-kit/fixtures.js';
import { CreateClient } from '../../../src/application/clients/create-client.js';
import { SetClientDisabled } from '../../../src/application/clients/set-client-disabled.js';
import { EndAccess } from '../../../src/application/connections/end-access.js';
import { ForgetConsent } from '../../../src/application/connections/forget-consent.js';
import { DisableUser } from '../../../src/application/people/disable-user.js';
import { EnableUser } from '../../../src/application/people/enable-user.js';
import { ListUsers } from '../../../src/application/people/list-users.js';
import type { UserRef } from '../../../src/application/people/named-user.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import type { Client } from '../../../src/domain/clients/client.js';
import { LastAdministrator, NotFound } from '../../../src/domain/errors.js';
import { createMemoryStorage } from '../../../src/infrastructure/memory/create-memory-storage.js';
import { someClient, someClock, someGrant, someScopes, someUser } from '../some.js';

const [ada, bob] = [someUser(), someUser({ email: 'bob@example.com', createdAt: new Date('2030-01-02') })];
const client = someClient();
const [adas, bobs] = [someGrant({ userId: ada.id, clientId: client.id }), someGrant({ userId: bob.id, clientId: client.id })];

const clock = () => someClock(new Date('2030-02-01'));

describe('DisableUser', () => {
  let storage: Storage;
  const disable = (ref: UserRef, sparing?: 'last_administrator') =>
    new DisableUser(
      storage.users,
      storage.sessions,
      storage.clients,
      new EndAccess(storage.grants, new ForgetConsent(storage.consents), clock()),
      clock(),
    ).execute({
      actor: 'operator',
      user: ref,
      ...(sparing && { sparing }),
    });
  const session = (id: string, userId: string) => someSession(userId, { id });

  beforeEach(async () => {
    storage = createMemoryStorage();
    await storage.clients.add(client);
    for (const user of [ada, bob]) await storage.users.add(user);
    for (const grant of [adas, bobs]) await storage.grants.add(grant);
    for (const [id, userId] of [
      ['one', ada.id],
      ['two', ada.id],
      ['three', bob.id],
    ] as const)
      await storage.sessions.add(session(id, userId));
  });

  it('shuts the person out, ends their sessions and revokes what acts for them, and touches nobody else', async () => {
    const { user, sessionsEnded, grantsRevoked } = await disable({ email: 'ADA@example.com' });
    expect([user.disabledAt, sessionsEnded, grantsRevoked]).toEqual([new Date('2030-02-01'), 2, 1]);
    expect(await storage.users.find(ada.id)).toEqual(user);
    expect(await storage.sessions.find('one')).toBeNull();
    expect((await storage.grants.find(adas.id))?.revoked).toEqual({ at: new Date('2030-02-01'), reason: 'revoked_by_operator' });

    expect(await storage.users.find(bob.id)).toEqual(bob);
    expect(await storage.sessions.find('three')).not.toBeNull();
    expect((await storage.grants.find(bobs.id))?.revoked).toBeNull();
  });

  it('forgets what the person agreed to, so that nothing comes back unasked when they are enabled', async () => {
    for (const { id: userId } of [ada, bob]) await storage.consents.give(someConsent({ userId, clientId: client.id }));
    await disable({ id: ada.id });
    expect(await storage.consents.find(ada.id, client.id)).toBeNull();
    expect(await storage.consents.find(bob.id, client.id)).not.toBeNull();
  });

  it('finishes what was interrupted when it is asked again, and keeps the first moment', async () => {
    await storage.users.setDisabled(ada.id, new Date('2029-01-01'));
    expect(await disable({ id: ada.id })).toMatchObject({ user: { disabledAt: new Date('2029-01-01') }, sessionsEnded: 2, grantsRevoked: 1 });
    expect(await disable({ id: ada.id })).toMatchObject({ sessionsEnded: 0, grantsRevoked: 0 });
  });

  it('leaves the last administrator as they were when told to spare them, of two who disable each other too', async () => {
    await Promise.all([ada, bob].map(({ id }) => storage.users.promote(id)));
    const outcomes = await Promise.allSettled([ada, bob].map((user) => disable(user, 'last_administrator')));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(outcomes[1]).toMatchObject({ reason: new LastAdministrator() });
    expect(await storage.users.find(bob.id)).toEqual({ ...bob, admin: true });
    expect(await storage.sessions.find('three')).not.toBeNull();
    await expect(disable(bob)).resolves.toMatchObject({ sessionsEnded: 1 });
  });

  it('shuts the door before it ends what is inside, so that nobody slips in between', async () => {
    const order: string[] = [];
    const noting = <T extends object>(port: T, verb: keyof T & string): T => {
      const original = port[verb] as (...args: unknown[]) => unknown;
      const noted = (...args: unknown[]) => {
        order.push(verb);
        return original.apply(port, args);
      };
      return Object.assign(Object.create(port), { [verb]: noted });
    };
    await new DisableUser(
      noting(storage.users, 'setDisabled'),
      noting(storage.sessions, 'endAllOf'),
      noting(storage.clients, 'disableWithOwner'),
      new EndAccess(noting(storage.grants, 'revokeAll'), new ForgetConsent(noting(storage.consents, 'forget')), clock()),
      clock(),
    ).execute({ actor: 'operator', user: ada });
    expect(order).toEqual(['setDisabled', 'endAllOf', 'revokeAll', 'forget', 'revokeAll', 'disableWithOwner']);
  });

  it.each([{ id: 'nobody' }, { email: 'eve@example.com' }, { email: 'not an address' }])('finds nobody under %j', async (ref) => {
    await expect(disable(ref)).rejects.toThrow(NotFound);
  });

  it('is undone by EnableUser, except for what was ended', async () => {
    await disable({ id: ada.id });
    expect(await new EnableUser(storage.users, storage.clients).execute({ actor: 'operator', user: { email: ada.email } })).toEqual({
      user: ada,
      clientsEnabled: 0,
    });
    expect(await storage.users.find(ada.id)).toEqual(ada);
    expect((await storage.grants.find(adas.id))?.revoked).not.toBeNull();
  });

  describe('with apps of their own', () => {
    const own = (fields: Partial<Client>) => someClient({ ownerId: ada.id, ...fields });
    const [working, off, held, theirs, nobodys] = [
      own({}),
      own({ disabledAt: new Date('2030-01-05'), disabledBy: 'owner' }),
      own({ disabledAt: new Date('2030-01-05'), disabledBy: 'house' }),
      someClient({ ownerId: bob.id }),
      someClient(),
    ] as const;
    const stateOf = async ({ id }: Client) => (await storage.clients.find(id))?.disabledBy;
    const all = [working, off, held, theirs, nobodys];

    beforeEach(() => Promise.all(all.map((one) => storage.clients.add(one))));

    it('switches off those that work, and on again just those: what the person or the house had off stays off', async () => {
      expect((await disable({ id: ada.id })).clientsDisabled).toBe(1);
      expect(await Promise.all(all.map(stateOf))).toEqual(['with_owner', 'owner', 'house', null, null]);
      expect(await disable({ id: ada.id })).toMatchObject({ clientsDisabled: 0 });
      expect(await new EnableUser(storage.users, storage.clients).execute({ actor: 'operator', user: ada })).toMatchObject({ clientsEnabled: 1 });
      expect(await Promise.all(all.map(stateOf))).toEqual([null, 'owner', 'house', null, null]);
    });

    it('lets the house keep one of them going, or hold one for good', async () => {
      await disable({ id: ada.id });
      const byHouse = (clientId: string, disabled: boolean) =>
        new SetClientDisabled(storage.clients, storage.users, someClock()).execute({ actor: 'operator', clientId, disabled });
      await byHouse(working.id, false);
      await byHouse(off.id, true);
      expect(await stateOf(working)).toBeNull();
      await new EnableUser(storage.users, storage.clients).execute({ actor: 'operator', user: ada });
      expect(await stateOf(off)).toBe('house');
    });

    it('leaves none working that was made or enabled at that very moment', async () => {
      const { add, setDisabled } = storage.clients;
      const clients = Object.assign(Object.create(storage.clients) as typeof storage.clients, {
        add: async (one: Client) => {
          await disable({ id: ada.id });
          return add.call(storage.clients, one);
        },
        setDisabled: async (...change: Parameters<typeof setDisabled>) => {
          if (change[1] === null) await disable({ id: ada.id });
          return setDisabled.apply(storage.clients, change);
        },
      });
      const actor = { id: ada.id, admin: false };
      const settings = { name: 'Late', redirectUris: ['https://late.example/cb'] };
      const { client: made } = await new CreateClient(clients, storage.users, someScopes(), someClock()).execute({ actor, settings });
      expect([made.disabledBy, await stateOf(made)]).toEqual(['with_owner', 'with_owner']);
      await new EnableUser(storage.users, storage.clients).execute({ actor: 'operator', user: ada });
      const enabled = await new SetClientDisabled(clients, storage.users, someClock()).execute({ actor, clientId: off.id, disabled: false });
      expect([enabled.disabledBy, await stateOf(off)]).toEqual(['with_owner', 'with_owner']);
    });
  });

  it('is seen in the list, newest first, a page at a time', async () => {
    const list = new ListUsers(storage.users);
    const first = await list.execute({ limit: 1 });
    const second = await list.execute({ limit: 1, after: first.next ?? '' });
    expect([...first.items, ...second.items].map((user) => user.id).sort()).toEqual([ada.id, bob.id].sort());
  });
});
