import { beforeEach, describe, expect, it } from 'vitest';
import { EndOtherSessions } from '../../../src/application/sessions/end-other-sessions.js';
import { EndSession } from '../../../src/application/sessions/end-session.js';
import { ListSessions } from '../../../src/application/sessions/list-sessions.js';
import { NotFound } from '../../../src/domain/errors.js';
import type { User } from '../../../src/domain/people/user.js';
import { aWorld, type World } from '../../support/world.js';

let world: World;
let ada: User;
let bob: User;

const list = (actor: User | 'operator', user: User) => world.resolve(ListSessions).execute({ actor, user: { id: user.id }, page: { limit: 9 } });
const signIn = async (user: User) => (await world.signedIn(user)).session.id;
const admin = (user: User): User => ({ ...user, admin: true });

beforeEach(async () => {
  world = aWorld({ SESSION_IDLE_LIFETIME: '3600' });
  [ada, bob] = [await world.person(), await world.person('bob@example.com')];
});

describe('The sessions of a person', () => {
  it('are listed to that person, to administrators and to the operator, the latest first', async () => {
    const first = await signIn(ada);
    world.clock.pass(1);
    const second = await signIn(ada);
    await signIn(bob);
    for (const actor of [ada, admin(bob), 'operator'] as const) expect((await list(actor, ada)).items.map(({ id }) => id)).toEqual([second, first]);
    await expect(list(bob, ada)).rejects.toThrow(NotFound);
  });

  it('are found by the e-mail address, too', async () => {
    await signIn(ada);
    const { items } = await world.resolve(ListSessions).execute({ actor: 'operator', user: { email: 'ADA@example.com' }, page: { limit: 9 } });
    expect(items).toHaveLength(1);
  });

  it('are not listed once they idled out', async () => {
    await signIn(ada);
    world.clock.pass(3600);
    expect((await list(ada, ada)).items).toEqual([]);
  });

  it('are not listed once the lifetimes of today have ended them', async () => {
    await signIn(ada);
    const shorter = new ListSessions(world.storage.users, world.storage.sessions, { idle: 60, absolute: 3600 }, world.clock);
    world.clock.pass(60);
    expect((await shorter.execute({ actor: ada, user: { id: ada.id }, page: { limit: 9 } })).items).toEqual([]);
    expect((await list(ada, ada)).items).toHaveLength(1);
  });

  it('are ended one by one, by that person, an administrator or the operator, and by nobody else', async () => {
    const end = (actor: User | 'operator', sessionId: string) => world.resolve(EndSession).execute({ actor, user: { id: ada.id }, sessionId });
    const sessions = [await signIn(ada), await signIn(ada), await signIn(ada)];
    const bobs = await signIn(bob);
    await expect(end(bob, sessions[0] as string)).rejects.toThrow(NotFound);
    // Not even with an administrator's rights is it hers.
    await expect(end(admin(ada), bobs)).rejects.toThrow(NotFound);
    expect((await list(ada, ada)).items).toHaveLength(3);
    for (const [index, actor] of ([ada, admin(bob), 'operator'] as const).entries()) {
      await end(actor, sessions[index] as string);
      await expect(end(actor, sessions[index] as string)).rejects.toThrow(NotFound);
    }
    expect((await list(ada, ada)).items).toEqual([]);
    expect((await list(bob, bob)).items).toHaveLength(1);
  });

  it('are all ended but the one that stays', async () => {
    const [kept] = [await signIn(ada), await signIn(ada), await signIn(ada)];
    expect(await world.resolve(EndOtherSessions).execute({ actor: 'operator', userId: ada.id, except: kept as string })).toBe(2);
    expect((await list(ada, ada)).items.map(({ id }) => id)).toEqual([kept]);
    expect(await world.resolve(EndOtherSessions).execute({ actor: 'operator', userId: ada.id, except: null })).toBe(1);
  });
});
