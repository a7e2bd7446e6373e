import { beforeEach, describe, expect, it } from 'vitest';
import { FindSession } from '../../../src/application/people/find-session.js';
import { SignIn, type SignInInput } from '../../../src/application/people/sign-in.js';
import { SignOut } from '../../../src/application/people/sign-out.js';
import type { UserAuthenticator } from '../../../src/application/ports/user-authenticator.js';
import type { User } from '../../../src/domain/people/user.js';
import { mintToken, parseToken } from '../../../src/domain/tokens/opaque-token.js';
import { forgedToken, tokenOfKind } from '../../support/forged-token.js';
import { aWorld, password, type World } from '../../support/world.js';
import { someUser } from '../some.js';

const weeks = 14 * 86_400;

let world: World;
let ada: User;

const signIn = async (changes: Partial<SignInInput> = {}) => {
  const result = await world.resolve(SignIn).execute({ email: 'ada@example.com', password, earlierSession: null, ...changes });
  return result.outcome === 'signed_in' ? result.session : null;
};
const find = (token: string) => world.resolve(FindSession).execute(token);
const started = async () => (await signIn())?.token ?? '';

beforeEach(async () => {
  world = aWorld();
  ada = await world.person();
});

describe('SignIn', () => {
  it('starts a session of two weeks', async () => {
    const session = await signIn();
    expect(session).toEqual({ token: expect.stringMatching(/^kw_se_/), expiresAt: new Date(world.clock.now().getTime() + weeks * 1000) });
    expect(await find(session?.token ?? '')).toMatchObject({ user: { id: ada.id }, session: { authenticatedAt: world.clock.now() } });
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

  it('verifies once for somebody it knows, too', async () => {
    expect(await signIn()).not.toBeNull();
    expect(world.passwordHasher.verified).toEqual([ada.passwordHash]);
  });
});

describe('FindSession', () => {
  it.each([
    [weeks - 0.001, true],
    [weeks, false],
  ])('after %d seconds: signed in is %s', async (seconds, good) => {
    const token = await started();
    world.clock.pass(seconds);
    expect((await find(token)) !== null).toBe(good);
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
