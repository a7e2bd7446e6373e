import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type Browser, formOf, type Page } from '../../support/browser.js';
import { type LyingProvider, lyingProvider } from '../../support/lying-provider.js';
import { OAuthCaller } from '../../support/oauth.js';
import { type TestServer, testServer } from '../../support/test-server.js';
import { type APerson, aPerson } from '../a-person.js';
import { textOf } from '../views/html.js';

let liar: LyingProvider;
let world: TestServer;
let ada: APerson;
let people = 0;
let codes = 0;

beforeAll(async () => {
  liar = await lyingProvider();
});
afterAll(() => liar.close());

beforeEach(async () => {
  Object.assign(liar.state, { lie: {}, metadata: {}, down: false });
  world = await testServer({ env: { SIGN_IN_PROVIDERS: JSON.stringify([{ ...liar.setting, name: 'Liar & Sons' }]) } });
  people += 1;
  ada = await aPerson(world, `ada${people}@ways.example`);
  return () => world.close();
});

/** What the provider is asked when the button is pressed. */
async function leave(person = ada): Promise<URLSearchParams> {
  const { url, status } = await person.fill('/account', {}, /^\/account\/ways\/link\/liar$/);
  expect([url.origin, status]).toEqual([liar.issuer, 0]);
  return url.searchParams;
}

/** The way back, for whoever `sub` is there. */
function comeBack(asked: URLSearchParams, sub = 'grace', who: Browser = ada.browser): Promise<Page> {
  codes += 1;
  liar.state.lie = { claims: { sub, email: `${sub}@liar.example` } };
  liar.state.nonces.set(`code-${codes}`, asked.get('nonce') ?? '');
  return who.open(`/sign-in/with/liar/callback?${new URLSearchParams({ code: `code-${codes}`, state: asked.get('state') ?? '', iss: liar.issuer })}`);
}

const link = async (person = ada, sub = 'grace') => comeBack(await leave(person), sub, person.browser);
const signInThere = async (sub = 'grace', who = new OAuthCaller(world).browser()) => {
  const { url } = await who.submit(await who.open('/sign-in?next=%2Faccount'), /^\/sign-in\/with/);
  return comeBack(url.searchParams, sub, who);
};
const linked = async ({ user } = ada) => (await world.storage.identities.listOf(user.id)).map(({ subject }) => subject);
const unlink = (page: Page, who = ada.browser) => who.submit(page, /^\/account\/ways\/unlink$/);

describe('“Ways to sign in” on the account page', () => {
  it('links an identity to the account, after which signing in there leads to it', async () => {
    expect((await signInThere('grace')).text).toContain('grace@liar.example');
    await world.storage.users.remove((await world.storage.users.findByEmail('grace@liar.example'))?.id ?? '', world.clock.now());

    const page = await link();
    expect([page.status, page.url.pathname + page.url.search]).toEqual([200, '/account?done=linked']);
    for (const words of ['E-mail address and password', 'Liar &amp; Sons', 'grace@liar.example', 'Unlink']) expect(page.text).toContain(words);
    expect(() => formOf(page, /link\/liar/)).toThrow('no form');
    expect((await signInThere('grace')).text).toContain(ada.user.email);
  });

  it('offers a provider that is called like one that is linked, and not the one that is linked, with a slash more or less', async () => {
    const twin = { ...liar.setting, id: 'twin', name: 'Liar & Sons', issuer: 'https://twin.example' };
    const alike = await testServer({ env: { SIGN_IN_PROVIDERS: JSON.stringify([{ ...liar.setting, name: 'Liar & Sons' }, twin]) } });
    onTestFinished(() => alike.close());
    const bob = await aPerson(alike, 'bob@ways.example');
    const identity = { userId: bob.user.id, issuer: `${liar.issuer}/`, subject: 'bob', email: null, linkedAt: alike.clock.now() };
    await alike.storage.identities.link(identity);
    const page = await bob.open('/account');
    expect(formOf(page, /link\/twin/).action.pathname).toBe('/account/ways/link/twin');
    expect(() => formOf(page, /link\/liar/)).toThrow('no form');
  });

  it('does not link without a fresh sign-in: it asks to confirm, and comes back', async () => {
    world.clock.pass(301);
    const page = await ada.fill('/account', {}, /^\/account\/ways\/link\/liar$/);
    expect([page.url.pathname, page.status]).toEqual(['/sign-in', 200]);
    expect(page.text).toContain('Confirm that it is you');
    expect(page.text).toContain(`value="${ada.user.email}"`);
    const back = await ada.browser.submit(page, /^\/sign-in\?/, { password: 'a long enough password' });
    expect(back.url.pathname).toBe('/account');
    expect((await link()).url.search).toBe('?done=linked');
  });

  it('leaves an identity with the person to whom it leads already', async () => {
    const bob = await aPerson(world, 'bob@ways.example');
    await link(bob);
    const page = await link(ada);
    expect([page.status, await linked(ada), await linked(bob)]).toEqual([409, [], ['grace']]);
    expect(page.text).toContain('leads to another account here');
    expect(page.text).not.toContain('bob@');
  });

  it('links nothing in another browser, whether or not somebody is signed in there (RFC 9700 §4.7)', async () => {
    const mallory = await aPerson(world, 'mallory@ways.example');
    const asked = await leave(mallory);
    for (const who of [ada.browser, new OAuthCaller(world).browser()]) expect((await comeBack(asked, 'mallory', who)).status).toBe(400);
    expect([await linked(ada), await linked(mallory)]).toEqual([[], []]);
  });

  it('links nothing when another person is signed in by then, or nobody', async () => {
    const asked = await leave();
    await aPerson(world, 'eve@ways.example');
    await ada.browser.submit(await ada.open('/account'), /^\/sign-out$/);
    await ada.browser.signIn('/sign-in', { email: 'eve@ways.example', password: 'a long enough password' });
    expect((await comeBack(asked)).status).toBe(400);
    const again = await leave();
    await ada.browser.submit(await ada.open('/account'), /^\/sign-out$/);
    expect((await comeBack(again)).status).toBe(400);
    expect(await world.storage.identities.findUser(liar.issuer, 'grace')).toBeNull();
  });

  it('says so when the provider does not answer, or the person turns back; they stay signed in', async () => {
    const asked = await leave();
    const back = await ada.open(
      `/sign-in/with/liar/callback?${new URLSearchParams({ error: 'access_denied', state: asked.get('state') ?? '', iss: liar.issuer })}`,
    );
    expect(back.text).toContain('Nothing was linked');
    expect((await ada.open('/account')).url.pathname).toBe('/account');
  });

  it.each(['/account/ways/link/liar', '/account/ways/unlink'])('%s needs the token of our form, and somebody signed in', async (path) => {
    expect((await ada.browser.post(path, { issuer: liar.issuer, subject: 'grace' })).status).toBe(403);
    const stranger = new OAuthCaller(world).browser();
    const { _csrf = '' } = formOf(await stranger.open('/sign-in'), /^\/sign-in$/).fields;
    expect((await stranger.post(path, { _csrf, issuer: liar.issuer, subject: 'grace' })).url.pathname).toBe('/sign-in');
  });

  it('knows no provider that configuration does not name', async () => {
    expect((await ada.browser.post('/account/ways/link/google', { _csrf: await ada.csrf() })).status).toBe(404);
  });

  it('takes a way away again, after which it leads nowhere', async () => {
    const page = await unlink(await link());
    expect([page.url.search, await linked()]).toEqual(['?done=unlinked', []]);
    expect((await signInThere()).text).toContain('grace@liar.example');
  });

  it('takes nothing away without a fresh sign-in', async () => {
    const page = await link();
    world.clock.pass(301);
    expect((await unlink(page)).url.pathname).toBe('/sign-in');
    expect(await linked()).toEqual(['grace']);
  });

  it('takes nobody else’s way away', async () => {
    await link(await aPerson(world, 'bob@ways.example'));
    await ada.browser.post('/account/ways/unlink', { _csrf: await ada.csrf(), issuer: liar.issuer, subject: 'grace' });
    expect(await world.storage.identities.findUser(liar.issuer, 'grace')).toMatchObject({ email: 'bob@ways.example' });
  });

  it('never takes away the last way of a person without a password', async () => {
    const who = new OAuthCaller(world).browser();
    const page = await signInThere('heidi', who);
    expect(page.text).toContain('only way you can sign in');
    expect(() => formOf(page, /unlink/)).toThrow('no form');
    const { _csrf = '' } = formOf(page, /^\/sign-out$/).fields;
    const refused = await who.post('/account/ways/unlink', { _csrf, issuer: liar.issuer, subject: 'heidi' });
    expect([refused.status, await world.storage.identities.findUser(liar.issuer, 'heidi')]).toEqual([
      409,
      expect.objectContaining({ email: 'heidi@liar.example' }),
    ]);
    expect(refused.text).toContain('only way to sign in');
  });

  it('says to whoever has an address that is taken how to come there', async () => {
    const who = new OAuthCaller(world).browser();
    const { url } = await who.submit(await who.open('/sign-in'), /^\/sign-in\/with/);
    liar.state.nonces.set('taken', url.searchParams.get('nonce') ?? '');
    liar.state.lie = { claims: { email: ada.user.email } };
    const page = await who.open(
      `/sign-in/with/liar/callback?${new URLSearchParams({ code: 'taken', state: url.searchParams.get('state') ?? '', iss: liar.issuer })}`,
    );
    expect(page.status).toBe(403);
    expect(page.text).toMatch(/link it on your account page/);
    expect(page.text).toContain('href="/sign-in?next=%2Faccount"');
  });
});

describe('To confirm that it is you', () => {
  const begin = async () => ada.browser.submit(await ada.open('/sign-in?again=yes&next=%2Faccount%2Fdelete'), /^\/sign-in\/with\/liar/);

  it('a provider is asked for a proof anew (prompt=login, max_age=0: OpenID Connect Core §3.1.2.1)', async () => {
    await link();
    const { url } = await begin();
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ prompt: 'login', max_age: '0' });
    const page = await comeBack(url.searchParams);
    expect(page.url.pathname).toBe('/account/delete');
    expect((await ada.fill('/account/delete')).text).toContain('Your account is deleted');
  });

  it('it is not enough that the provider knows them from before', async () => {
    await link();
    const { url } = await begin();
    const earlier = Math.floor(Date.now() / 1000) - 3600;
    liar.state.nonces.set('stale', url.searchParams.get('nonce') ?? '');
    liar.state.lie = { claims: { auth_time: earlier } };
    await ada.open(`/sign-in/with/liar/callback?${new URLSearchParams({ code: 'stale', state: url.searchParams.get('state') ?? '', iss: liar.issuer })}`);
    expect((await ada.fill('/account/delete')).url.pathname).toBe('/sign-in');
  });

  it('a wrong password asks once more, and still through the provider', async () => {
    const page = await ada.browser.submit(await ada.open('/sign-in?again=yes&next=%2Faccount'), /^\/sign-in\?/, {
      email: 'eve@ways.example',
      password: 'wrong',
    });
    expect(page.status).toBe(401);
    // Who is to confirm, and not who was typed.
    expect(textOf(page.text)).toContain(`signing in once more as ${ada.user.email} at`);
    expect(page.text).not.toContain('Create an account');
    expect(formOf(page, /^\/sign-in\/with/).action.search).toBe('?next=%2Faccount&again=yes');
  });
});
