import { afterAll, beforeAll, expect, it } from 'vitest';
import { FirstRun } from '../../src/application/operations/first-run.js';
import type { User } from '../../src/domain/people/user.js';
import { uuid7 } from '../../src/domain/tokens/uuid7.js';
import { type Browser, formOf } from '../support/browser.js';
import { type LyingProvider, lyingProvider } from '../support/lying-provider.js';
import { OAuthCaller } from '../support/oauth.js';
import { type TestServer, testPerson, testServer } from '../support/test-server.js';

let liar: LyingProvider;
let world: TestServer;
/** Somebody who had a password here before local accounts were switched off. */
let ada: User;
/** Where she is signed in, at the only way there is. */
let hers: Browser;

beforeAll(async () => {
  liar = await lyingProvider();
  world = await testServer({ env: { LOCAL_ACCOUNTS: 'false', SIGN_IN_PROVIDERS: JSON.stringify([liar.setting]) }, mailer: { send: async () => {} } });
  const passwordHash = await world.passwordHasher.hash(testPerson.password);
  const now = world.clock.now();
  ada = { id: uuid7(now), email: testPerson.email, username: 'Ada', passwordHash, admin: true, createdAt: now, disabledAt: null };
  await world.storage.users.add(ada);
  const key = { issuer: liar.issuer, subject: 'grace', email: null };
  await world.storage.identities.link({ ...key, userId: ada.id, linkedAt: now });
  hers = await signedIn();
});
afterAll(async () => {
  await world.close();
  await liar.close();
});

async function signedIn() {
  const browser = new OAuthCaller(world).browser();
  const { url } = await browser.submit(await browser.open('/sign-in'), /^\/sign-in\/with\/liar/);
  liar.state.nonces.set('a code', url.searchParams.get('nonce') ?? '');
  liar.state.lie = { claims: { sub: 'grace' } };
  const answer = new URLSearchParams({ code: 'a code', state: url.searchParams.get('state') ?? '', iss: liar.issuer });
  expect((await browser.open(`/sign-in/with/liar/callback?${answer}`)).text).toContain(ada.email);
  return browser;
}

it('shows no form for a password', async () => {
  const page = await new OAuthCaller(world).browser().open('/sign-in');
  expect(page.status).toBe(200);
  expect(page.text).not.toContain('type="password"');
  expect(() => formOf(page, /^\/sign-in$/)).toThrow();
  expect(page.text).not.toMatch(/href="\/(?:forgot-password|register)/);
});

it('takes no password, though it be right', async () => {
  const browser = new OAuthCaller(world).browser();
  const { fields } = formOf(await browser.open('/sign-in'), /^\/sign-in\/with/);
  expect((await browser.post('/sign-in', { ...fields, ...testPerson })).status).toBe(405);
  expect(browser.cookies.has('kw_session')).toBe(false);
});

it.each(['/forgot-password', '/register', '/account-link?token=kw_al_x', '/choose-password', '/account/password', '/admin/users/new'])(
  'has no page %s',
  async (path) => {
    expect((await hers.open(path)).status).toBe(404);
  },
);

it('offers nobody a password to change, nor to add people with one', async () => {
  const account = await hers.open('/account');
  expect(account.text).not.toContain('password');
  expect((await hers.open('/admin/users')).text).not.toContain('Add a person');
});

it('does not count a password as a way to sign in when another is taken away', async () => {
  const { fields } = formOf(await hers.open('/account'), /^\/account\/sessions|^\/sign-out/);
  const page = await hers.post('/account/ways/unlink', { ...fields, issuer: liar.issuer, subject: 'grace' });
  expect(page.text).toContain('That is your only way to sign in');
});

it('makes no administrator at the first run', async () => {
  const fresh = await testServer({ env: { LOCAL_ACCOUNTS: 'false', SIGN_IN_PROVIDERS: JSON.stringify([liar.setting]) } });
  expect(await fresh.container.resolve(FirstRun).execute({ admin: null, demoClient: false })).toEqual({
    admin: null,
    earlierAdmin: null,
    nobodyYet: true,
    demoClient: null,
  });
  expect((await fresh.storage.users.list({ limit: 1 })).items).toEqual([]);
  await fresh.close();
});
