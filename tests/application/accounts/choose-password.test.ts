import { beforeEach, describe, expect, it } from 'vitest';
import { ChangePassword } from '../../../src/application/accounts/change-password.js';
import { ChoosePassword } from '../../../src/application/accounts/choose-password.js';
import { FindLink } from '../../../src/application/accounts/find-link.js';
import { GiveLink } from '../../../src/application/accounts/give-link.js';
import { SignIn } from '../../../src/application/people/sign-in.js';
import { InvalidInput, NotFound, TooManyAttempts } from '../../../src/domain/errors.js';
import type { User } from '../../../src/domain/people/user.js';
import { mintToken } from '../../../src/domain/tokens/opaque-token.js';
import { forgedToken, tokenOfKind } from '../../support/forged-token.js';
import { aWorld, password, type World } from '../../support/world.js';

let world: World;
let ada: User;
const another = 'quite another password';

beforeEach(async () => {
  world = aWorld();
  ada = await world.person();
});

const link = async () => new URL((await world.resolve(GiveLink).execute({ email: ada.email })).address).searchParams.get('token') ?? '';
const choose = (token: string, chosen = another) => world.resolve(ChoosePassword).execute({ token, password: chosen, from: '192.0.2.1' });
const signIn = async (typed: string) =>
  (await world.resolve(SignIn).execute({ email: ada.email, password: typed, from: null, userAgent: null, earlierSession: null })).outcome;

describe('ChoosePassword', () => {
  it('sets the password once, and signs the person out everywhere', async () => {
    const { session } = await world.signedIn(ada);
    const token = await link();
    expect(await choose(token)).toMatchObject({ outcome: 'chosen', link: { email: ada.email } });
    expect(await world.storage.sessions.find(session.id)).toBeNull();
    expect([await signIn(password), await signIn(another)]).toEqual(['refused', 'signed_in']);
    expect(await choose(token, 'a third password')).toEqual({ outcome: 'link_spent' });
    expect(await signIn(another)).toBe('signed_in');
  });

  it('lets one of ten at once win', async () => {
    const token = await link();
    const outcomes = await Promise.all(Array.from({ length: 10 }, (_, at) => choose(token, `password number ${at}`)));
    expect(outcomes.filter(({ outcome }) => outcome === 'chosen')).toHaveLength(1);
  });

  it('leaves the link as it is when the password will not do', async () => {
    const token = await link();
    for (const bad of ['short', 'password', ada.email]) await expect(choose(token, bad)).rejects.toThrow(InvalidInput);
    expect(await choose(token)).toMatchObject({ outcome: 'chosen' });
  });

  it('takes no older link', async () => {
    const [old, token] = [await link(), await link()];
    expect(await choose(old)).toEqual({ outcome: 'link_spent' });
    expect(await choose(token)).toMatchObject({ outcome: 'chosen' });
  });

  it('takes a link for a day, and not a moment longer', async () => {
    const token = await link();
    world.clock.pass(86_400 - 0.001);
    expect(await world.resolve(FindLink).execute(token)).not.toBeNull();
    world.clock.pass(0.001);
    expect(await choose(token)).toEqual({ outcome: 'link_spent' });
  });

  it.each([
    ['rubbish', async () => 'rubbish'],
    ['nothing', async () => ''],
    ['a link that nobody made', async () => mintToken('al', world.clock.now()).token],
    ['a forged link', async () => forgedToken(await link())],
    ['a token of another kind', async () => tokenOfKind('se', await link())],
  ])('takes no %s', async (_, token) => {
    expect(await choose(await token())).toEqual({ outcome: 'link_spent' });
    expect(await signIn(password)).toBe('signed_in');
  });

  it('makes the browser known, so that an attack elsewhere does not keep the person out', async () => {
    const chosen = await choose(await link());
    for (let at = 0; at < 20; at += 1) await signIn('wrong').catch(() => null);
    await expect(signIn(another)).rejects.toThrow(TooManyAttempts);
    const device = chosen.outcome === 'chosen' ? chosen.device.token : '';
    const input = { email: ada.email, password: another, device, from: null, userAgent: null, earlierSession: null };
    expect((await world.resolve(SignIn).execute(input)).outcome).toBe('signed_in');
  });

  it('is for people who are here', async () => {
    await expect(world.resolve(GiveLink).execute({ email: 'nobody@example.com' })).rejects.toThrow(NotFound);
  });
});

describe('ChangePassword', () => {
  const change = async (session: string, current = password, chosen = another) => {
    const person = (await world.storage.users.find(ada.id)) as User;
    return world.resolve(ChangePassword).execute({ person, session, current, password: chosen });
  };

  it('takes the current one, and ends the other sessions and the links', async () => {
    const [here, there, token] = [await world.signedIn(ada), await world.signedIn(ada), await link()];
    await change(here.session.id);
    expect(await world.storage.sessions.find(here.session.id)).not.toBeNull();
    expect(await world.storage.sessions.find(there.session.id)).toBeNull();
    expect(await choose(token)).toEqual({ outcome: 'link_spent' });
    expect([await signIn(password), await signIn(another)]).toEqual(['refused', 'signed_in']);
  });

  it.each([
    ['the current one is wrong', 'wrong', another, ['current']],
    ['the new one is too short', password, 'short', ['password']],
    ['both', 'wrong', 'short', ['current', 'password']],
    ['nothing changes', password, password, ['password']],
  ])('changes nothing when %s', async (_, current, chosen, fields) => {
    const { session } = await world.signedIn(ada);
    const problem = await change(session.id, current, chosen).catch((error: InvalidInput) => error);
    expect((problem as InvalidInput).problems.map(({ field }) => field)).toEqual(fields);
    expect(await signIn(password)).toBe('signed_in');
  });

  it('lets nobody guess at an open browser for long', async () => {
    const { session } = await world.signedIn(ada);
    for (let at = 0; at < 10; at += 1) await expect(change(session.id, 'wrong')).rejects.toThrow(InvalidInput);
    await expect(change(session.id)).rejects.toThrow(TooManyAttempts);
  });
});
