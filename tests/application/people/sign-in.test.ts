import { beforeEach, describe, expect, it, vi } from 'vitest';
import { SignIn, type SignInInput } from '../../../src/application/people/sign-in.js';
import type { UserAuthenticator } from '../../../src/application/ports/user-authenticator.js';
import { FindSession } from '../../../src/application/sessions/find-session.js';
import { SignOut } from '../../../src/application/sessions/sign-out.js';
import { later } from '../../../src/domain/moments.js';
import type { Identity } from '../../../src/domain/people/identity.js';
import type { SessionLifetimes } from '../../../src/domain/people/session.js';
import type { User } from '../../../src/domain/people/user.js';
import { mintToken, parseToken } from '../../../src/domain/tokens/opaque-token.js';
import { forgedToken, tokenOfKind } from '../../support/forged-token.js';
import { aWorld, password, type World } from '../../support/world.js';
import { someUser } from '../some.js';

const day = 86_400;
const weeks = 14 * day;

let world: World;
let ada: User;

const signIn = async (changes: Partial<SignInInput> = {}) => {
  const result = await world.resolve(SignIn).execute({ email: 'ada@example.com', password, from: null, userAgent: null, earlierSession: null, ...changes });
  return result.outcome === 'signed_in' ? result.session : null;
};
const find = (token: string) => world.resolve(FindSession).execute(token);
const started = async () => (await signIn())?.token ?? '';

beforeEach(async () => {
  world = aWorld();
  ada = await world.person();
});

describe('SignIn', () => {
  it('starts a session of at most 30 days, and notes how, from where and in which browser', async () => {
    const session = await signIn({ from: '192.0.2.7', userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' });
    const now = world.clock.now();
    expect(session).toEqual({ id: expect.any(String), token: expect.stringMatching(/^kw_se_/), expiresAt: later(now, 30 * day) });
    expect(await find(session?.token ?? '')).toMatchObject({
      user: { id: ada.id },
      session: { method: 'password', from: '192.0.2.7', browser: 'Firefox on Linux', createdAt: now, authenticatedAt: now, lastSeenAt: now },
    });
  });

  it('knows the address in any spelling', async () => {
    expect(await signIn({ email: '  ADA@Example.COM ' })).not.toBeNull();
  });

  it('makes a new session each time and ends the one this browser had before', async () => {
    const before = await started();
    const after = await signIn({ earlierSession: before });
    expect(after?.token).not.toBe(before);
    expect(await find(before)).toBeNull();
    expect(await find(after?.token ?? '')).not.toBeNull();
  });

  it.each([
    ['rubbish', () => 'rubbish'],
    ['a session that nobody started', () => mintToken('se', world.clock.now()).token],
  ])('is not disturbed by an earlier session that is %s', async (_, earlier) => {
    expect(await signIn({ earlierSession: earlier() })).not.toBeNull();
  });

  it("ends nobody's session by a forged cookie", async () => {
    const session = await started();
    await signIn({ earlierSession: forgedToken(session) });
    expect(await find(session)).not.toBeNull();
  });

  it('leaves the session of before as it is when it fails', async () => {
    const before = await started();
    expect(await signIn({ password: 'wrong', earlierSession: before })).toBeNull();
    expect(await find(before)).not.toBeNull();
  });

  /** Which of the reasons it was cannot be told, neither by the answer nor by the time it takes. */
  it.each([
    ['a wrong password', {}, { password: 'wrong' }],
    ['an empty password', {}, { password: '' }],
    ['an unknown address', {}, { email: 'eve@example.com' }],
    ['what is no address', {}, { email: 'ada' }],
    ['nothing at all', {}, { email: '', password: '' }],
    ['a disabled person', { disabledAt: new Date() }, {}],
    ['a person without a password', { passwordHash: null }, {}],
  ])('refuses %s after one verification', async (_, changes, input) => {
    world = aWorld();
    await world.storage.users.add({ ...ada, ...changes });
    expect(await signIn(input)).toBeNull();
    expect(world.passwordHasher.verified).toHaveLength(1);
  });

  describe('with several ways to check a password', () => {
    const grace: User = { ...someUser(), email: 'grace@example.com' };
    const asked: string[] = [];
    const ours: UserAuthenticator = {
      name: 'members',
      authenticate: async ({ email, password }) => {
        asked.push(email);
        return email === grace.email && password === 'of another table' ? grace : null;
      },
    };

    beforeEach(async () => {
      asked.length = 0;
      world = aWorld({}, { authenticators: [ours] });
      await world.storage.users.add(ada);
      await world.storage.users.add(grace);
    });

    it('lets in whoever one of them knows', async () => {
      for (const [email, typed] of [
        [ada.email, password],
        [grace.email, 'of another table'],
      ] as const)
        expect((await find((await signIn({ email, password: typed }))?.token ?? ''))?.user.email).toBe(email);
    });

    it.each(['ada@example.com', 'grace@example.com', 'eve@example.com'])('asks each of them before it refuses %s', async (email) => {
      expect(await signIn({ email, password: 'wrong' })).toBeNull();
      expect([world.passwordHasher.verified.length, asked]).toEqual([1, [email]]);
    });
  });

  describe('with a way that vouches for people who are kept elsewhere', () => {
    const elsewhere = { issuer: 'urn:example:users', subject: '42', email: 'grace@example.com', emailVerified: true, username: 'Grace' };
    const vouching = (identity: Identity): UserAuthenticator => ({
      name: 'members',
      authenticate: async ({ password }) => (password === 'theirs' ? identity : null),
    });

    it('knows the same person each time', async () => {
      world = aWorld({}, { authenticators: [vouching(elsewhere)] });
      const ids = [];
      for (const _ of [1, 2]) ids.push((await find((await signIn({ email: 'grace', password: 'theirs' }))?.token ?? ''))?.user.id);
      expect(ids[0]).toBe((await world.storage.users.findByEmail('grace@example.com'))?.id);
      expect(ids[1]).toBe(ids[0]);
    });

    it('says why somebody who proved who they are is not let in', async () => {
      world = aWorld({}, { authenticators: [vouching({ ...elsewhere, email: ada.email })] });
      await world.storage.users.add(ada);
      const input = { email: 'grace', password: 'theirs', from: null, userAgent: null, earlierSession: null };
      expect(await world.resolve(SignIn).execute(input)).toEqual({ outcome: 'not_admitted', reason: 'email_in_use' });
    });

    it('refuses a disabled person like a wrong password', async () => {
      world = aWorld({}, { authenticators: [vouching(elsewhere)] });
      const input = { email: 'grace', password: 'theirs', from: null, userAgent: null, earlierSession: null };
      const first = await world.resolve(SignIn).execute(input);
      if (first.outcome !== 'signed_in') throw new Error(first.outcome);
      await world.storage.users.setDisabled(first.user.id, world.clock.now());
      expect(await world.resolve(SignIn).execute(input)).toEqual({ outcome: 'refused' });
    });
  });

  it('verifies once for somebody it knows, too', async () => {
    expect(await signIn()).not.toBeNull();
    expect(world.passwordHasher.verified).toEqual([ada.passwordHash]);
  });
});

describe('FindSession', () => {
  it.each([
    [weeks - 0.001, true],
    [weeks, false],
  ])('unused for %d seconds: signed in is %s', async (seconds, good) => {
    const token = await started();
    world.clock.pass(seconds);
    expect((await find(token)) !== null).toBe(good);
  });

  it('keeps a session that is used from idling out, to the end of its absolute lifetime and no further', async () => {
    const token = await started();
    for (const days of [13, 13, 3.9]) {
      world.clock.pass(days * day);
      expect(await find(token)).not.toBeNull();
    }
    world.clock.pass(0.1 * day);
    expect(await find(token)).toBeNull();
  });

  it('writes nothing for a request within five minutes of the last that was noted', async () => {
    const touch = vi.spyOn(world.storage.sessions, 'touch');
    const token = await started();
    for (const seconds of [0, 100, 199.999]) {
      world.clock.pass(seconds);
      await find(token);
    }
    expect(touch).not.toHaveBeenCalled();
    world.clock.pass(0.001);
    for (let count = 0; count < 9; count += 1) await find(token);
    expect(touch).toHaveBeenCalledTimes(1);
    expect((await find(token))?.session).toMatchObject({ lastSeenAt: world.clock.now(), expiresAt: later(world.clock.now(), weeks) });
  });

  it('takes the lifetimes from the configuration, for sessions of before too: shorter ones count at once, longer ones revive nothing', async () => {
    const token = await started();
    const under = (lifetimes: SessionLifetimes) => new FindSession(world.storage.sessions, world.storage.users, lifetimes, world.clock).execute(token);
    world.clock.pass(3600);
    expect(await under({ idle: 3600, absolute: weeks })).toBeNull();
    expect(await under({ idle: weeks, absolute: 3600 })).toBeNull();
    expect(await under({ idle: 3601, absolute: 3601 })).not.toBeNull();
    world.clock.pass(1);
    expect(await under({ idle: weeks, absolute: weeks })).toBeNull();
  });

  it('ends a session that is used now and then at most a tenth of the idle lifetime early', async () => {
    world = aWorld({ SESSION_IDLE_LIFETIME: '600', SESSION_ABSOLUTE_LIFETIME: '86400' });
    ada = await world.person();
    const token = await started();
    world.clock.pass(59);
    expect(await find(token)).not.toBeNull();
    world.clock.pass(540);
    expect(await find(token)).not.toBeNull();
  });

  it.each([
    ['rubbish', () => 'rubbish'],
    ['nothing', () => ''],
    ['a session that nobody started', () => mintToken('se', world.clock.now()).token],
    ['an access token', () => mintToken('at', world.clock.now()).token],
  ])('finds nobody by %s', async (_, token) => {
    expect(await find(token())).toBeNull();
  });

  it('finds nobody by a forged token or by one of another kind', async () => {
    const token = await started();
    for (const presented of [forgedToken(token), tokenOfKind('at', token)]) expect(await find(presented)).toBeNull();
  });

  it('finds nobody while the person is disabled', async () => {
    const token = await started();
    await world.storage.users.setDisabled(ada.id, world.clock.now());
    expect(await find(token)).toBeNull();
  });
});

describe('SignOut', () => {
  it('ends the session on the server: a cookie that was copied is worth nothing', async () => {
    const [token, other] = [await started(), await started()];
    await world.resolve(SignOut).execute(token);
    expect(await find(token)).toBeNull();
    expect(await find(other)).not.toBeNull();
  });

  it('is content with what is no session', async () => {
    const token = await started();
    for (const presented of ['', 'rubbish', forgedToken(token), tokenOfKind('rt', token)]) await world.resolve(SignOut).execute(presented);
    expect(await find(token)).not.toBeNull();
    expect(await world.storage.sessions.find(parseToken(token)?.id ?? '')).not.toBeNull();
  });
});
