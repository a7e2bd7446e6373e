import { beforeEach, describe, expect, it } from 'vitest';
import { someSession } from '../../../src/adapter-kit/fixtures.js';
import { DisableUser } from '../../../src/application/people/disable-user.js';
import { EnableUser } from '../../../src/application/people/enable-user.js';
import { ListUsers } from '../../../src/application/people/list-users.js';
import type { UserRef } from '../../../src/application/people/named-user.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import { NotFound } from '../../../src/domain/errors.js';
import { createMemoryStorage } from '../../../src/infrastructure/memory/create-memory-storage.js';
import { someClient, someClock, someGrant, someUser } from '../some.js';

const [ada, bob] = [someUser(), someUser({ email: 'bob@example.com', createdAt: new Date('2030-01-02') })];
const client = someClient();
const [adas, bobs] = [someGrant({ userId: ada.id, clientId: client.id }), someGrant({ userId: bob.id, clientId: client.id })];

describe('DisableUser', () => {
  let storage: Storage;
  const disable = (ref: UserRef) => new DisableUser(storage.users, storage.sessions, storage.grants, someClock(new Date('2030-02-01'))).execute(ref);
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

  it('finishes what was interrupted when it is asked again, and keeps the first moment', async () => {
    await storage.users.setDisabled(ada.id, new Date('2029-01-01'));
    expect(await disable({ id: ada.id })).toMatchObject({ user: { disabledAt: new Date('2029-01-01') }, sessionsEnded: 2, grantsRevoked: 1 });
    expect(await disable({ id: ada.id })).toMatchObject({ sessionsEnded: 0, grantsRevoked: 0 });
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
    await new DisableUser(noting(storage.users, 'setDisabled'), noting(storage.sessions, 'endAllOf'), noting(storage.grants, 'revokeAll'), someClock()).execute(
      { id: ada.id },
    );
    expect(order).toEqual(['setDisabled', 'endAllOf', 'revokeAll']);
  });

  it.each([{ id: 'nobody' }, { email: 'eve@example.com' }, { email: 'not an address' }])('finds nobody under %j', async (ref) => {
    await expect(disable(ref)).rejects.toThrow(NotFound);
  });

  it('is undone by EnableUser, except for what was ended', async () => {
    await disable({ id: ada.id });
    expect(await new EnableUser(storage.users).execute({ email: ada.email })).toEqual(ada);
    expect(await storage.users.find(ada.id)).toEqual(ada);
    expect((await storage.grants.find(adas.id))?.revoked).not.toBeNull();
  });

  it('is seen in the list, newest first, a page at a time', async () => {
    const list = new ListUsers(storage.users);
    const first = await list.execute({ limit: 1 });
    const second = await list.execute({ limit: 1, after: first.next ?? '' });
    expect([...first.items, ...second.items].map((user) => user.id).sort()).toEqual([ada.id, bob.id].sort());
  });
});
