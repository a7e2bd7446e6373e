import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { KnownDevices } from '../../src/application/attempts/known-devices.js';
import type { User } from '../../src/domain/people/user.js';
import type { Browser, Page } from '../support/browser.js';
import { type Lie, type LyingProvider, lyingProvider } from '../support/lying-provider.js';
import { OAuthCaller } from '../support/oauth.js';
import { pkce } from '../support/pkce.js';
import { type TestServer, testServer } from '../support/test-server.js';

const session = 'kw_session';

let liar: LyingProvider;
let other: LyingProvider;
let world: TestServer;
let browser: Browser;

beforeAll(async () => {
  [liar, other] = await Promise.all([lyingProvider(), lyingProvider('other')]);
});
afterAll(() => Promise.all([liar.close(), other.close()]));

beforeEach(async () => {
  Object.assign(liar.state, { lie: {}, metadata: {}, down: false });
  const restricted = { ...liar.setting, id: 'restricted', sign_up: false };
  world = await testServer({ env: { SIGN_IN_PROVIDERS: JSON.stringify([liar.setting, other.setting, restricted]) } });
  browser = new OAuthCaller(world).browser();
  return () => world.close();
});

/** Presses the button, and answers what the provider was asked. */
async function goThere(who = browser, id = 'liar', from = '/sign-in'): Promise<URLSearchParams> {
  const { url, status } = await who.submit(await who.open(from), new RegExp(`^/sign-in/with/${id}`));
  expect([url.origin, status]).toEqual([id === 'other' ? other.issuer : liar.issuer, 0]);
  return url.searchParams;
}

let codes = 0;

/** Opens the way back as the provider would send it. */
function comeBack(asked: URLSearchParams, changes: Record<string, string | undefined> = {}, who = browser, id = 'liar'): Promise<Page> {
  codes += 1;
  const code = changes.code ?? `code-${codes}`;
  liar.state.nonces.set(code, asked.get('nonce') ?? '');
  const answer = { code, state: asked.get('state') ?? '', iss: liar.issuer, ...changes };
  const query = new URLSearchParams(Object.entries(answer).filter((pair): pair is [string, string] => pair[1] !== undefined));
  return who.open(`/sign-in/with/${id}/callback?${query}`);
}

const everybody = async () => (await world.storage.users.list({ limit: 100 })).items.map(({ email }) => email).sort();
const nobodyNew = async (page: Page, status: number, who = browser) => {
  expect(page.status).toBe(status);
  expect(who.cookies.has(session)).toBe(false);
  expect(await everybody()).toEqual(['ada@example.com']);
};

describe('Signing in at a provider', () => {
  it('asks for a code with PKCE, state and nonce, at a redirect URI of this provider alone (RFC 9700 §2.1, §4.4)', async () => {
    const asked = await goThere();
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: 'code',
      client_id: 'keywright',
      scope: 'openid email profile',
      redirect_uri: `${world.issuer}/sign-in/with/liar/callback`,
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    });
    for (const name of ['state', 'nonce']) expect(asked.get(name)?.length).toBeGreaterThanOrEqual(43);
    const again = await goThere();
    for (const name of ['state', 'nonce', 'code_challenge']) expect(again.get(name)).not.toBe(asked.get(name));
  });

  it('signs the person in, and takes the cookie of the way there away', async () => {
    const page = await comeBack(await goThere());
    expect([page.status, page.url.pathname]).toEqual([200, '/']);
    expect([...browser.cookies.keys()].filter((name) => name.includes('upstream'))).toEqual([]);
    expect(page.text).toContain('grace@liar.example');
  });

  it('leads on to the page that was asked for', async () => {
    expect((await comeBack(await goThere(browser, 'liar', '/connected-apps'))).url.pathname).toBe('/connected-apps');
  });

  it('lets two tabs of one browser sign in side by side', async () => {
    const first = await goThere();
    const second = await goThere();
    expect((await comeBack(second)).status).toBe(200);
    expect((await comeBack(first)).status).toBe(200);
  });

  it('asks the provider what the client asked: prompt, max_age, login_hint (OpenID Connect Core §3.1.2.1)', async () => {
    const caller = new OAuthCaller(world);
    const app = await world.createClient({ redirectUris: [caller.callback] });
    const more = { code_challenge: pkce().challenge, code_challenge_method: 'S256', max_age: '600', login_hint: 'grace@liar.example' };
    const asked = await goThere(browser, 'liar', `${caller.authorizationUrl(app, more)}&prompt=select_account`);
    expect(Object.fromEntries(asked)).toMatchObject({ prompt: 'select_account', max_age: '600', login_hint: 'grace@liar.example' });
  });

  it('notes how the person signed in', async () => {
    await comeBack(await goThere());
    const user = await world.storage.users.findByEmail('grace@liar.example');
    const { items } = await world.storage.sessions.listOf(user?.id ?? '', world.clock.now(), { limit: 9 });
    expect(items.map(({ method }) => method)).toEqual(['provider:liar']);
  });

  it('takes over when they proved who they are, if that was before they were sent', async () => {
    const earlier = Math.floor(Date.now() / 1000) - 3600;
    liar.state.lie = { claims: { auth_time: earlier } };
    await comeBack(await goThere());
    const user = await world.storage.users.findByEmail('grace@liar.example');
    const { items } = await world.storage.sessions.listOf(user?.id ?? '', world.clock.now(), { limit: 9 });
    expect(items[0]?.authenticatedAt).toEqual(new Date(earlier * 1000));
  });

  it('makes the browser known to the account where that has a password to guess, and only there', async () => {
    await comeBack(await goThere());
    expect(browser.cookies.has('kw_device')).toBe(false);
    const ada = world.person as User;
    await world.storage.identities.link({ issuer: liar.issuer, subject: 'ada', email: null, userId: ada.id, linkedAt: world.clock.now() });
    liar.state.lie = { claims: { sub: 'ada' } };
    const hers = new OAuthCaller(world).browser();
    await comeBack(await goThere(hers), {}, hers);
    expect(world.container.resolve(KnownDevices).recognise(hers.cookies.get('kw_device') ?? null, ada.email)).not.toBeNull();
  });

  it('makes one person of six first sign-ins at once', async () => {
    const browsers = Array.from({ length: 6 }, () => new OAuthCaller(world).browser());
    const asked = await Promise.all(browsers.map((who) => goThere(who)));
    const pages = await Promise.all(browsers.map((who, index) => comeBack(asked[index] as URLSearchParams, {}, who)));
    for (const page of pages) expect(page.text).toContain('grace@liar.example');
    expect(await everybody()).toEqual(['ada@example.com', 'grace@liar.example']);
  });
});

describe('What comes back is refused, and nobody is signed in, when', () => {
  it.each<[string, Lie]>([
    ['the nonce is that of another request (OpenID Connect Core §3.1.3.7)', { claims: { nonce: 'another' } }],
    ['the nonce is missing', { claims: { nonce: undefined } }],
    ['the ID token is of another issuer', { claims: { iss: 'https://evil.example' } }],
    ['the ID token is for another client', { claims: { aud: 'another' } }],
    ['the ID token is for several clients and says not for which', { claims: { aud: ['keywright', 'another'] } }],
    ['the ID token is expired', { claims: { exp: Math.floor(Date.now() / 1000) - 3600 } }],
    ['the ID token is of tomorrow', { claims: { nbf: Math.floor(Date.now() / 1000) + 86_400 } }],
    ['the ID token has no subject', { claims: { sub: undefined } }],
    ['the ID token is signed with another key', { signed: 'with another key' }],
    ['the ID token is not signed (alg none)', { signed: 'none' }],
    ['the ID token is signed with the public key as a secret (HS256)', { signed: 'HS256 with the public key' }],
    ['there is no ID token', { answer: { status: 200, body: '{"access_token":"x","token_type":"bearer"}' } }],
    ['the code is refused', { answer: { status: 400, body: '{"error":"invalid_grant"}' } }],
  ])('%s', async (_, lie) => {
    const asked = await goThere();
    liar.state.lie = lie;
    await nobodyNew(await comeBack(asked), 400);
  });

  it.each<[string, Record<string, string | undefined>]>([
    ['the answer names another issuer (RFC 9207 §2.4)', { iss: 'https://evil.example' }],
    ['the answer does not name the issuer, which says that it always does', { iss: undefined }],
    ['there is no code', { code: undefined }],
  ])('%s', async (_, changes) => {
    await nobodyNew(await comeBack(await goThere(), changes), 400);
    expect(liar.state.asked.at(-1)).not.toBe('/token');
  });

  it.each<[string, (state: string) => string | undefined]>([
    ['missing', () => undefined],
    ['made up', () => 'x'.repeat(43)],
    ['changed where the cookie does not tell', (state) => `${state.slice(0, -1)}${state.endsWith('A') ? 'B' : 'A'}`],
  ])('the state is %s (RFC 6749 §10.12)', async (_, state) => {
    const asked = await goThere();
    const before = liar.state.asked.filter((path) => path === '/token').length;
    await nobodyNew(await comeBack(asked, { state: state(asked.get('state') ?? '') }), 400);
    expect(liar.state.asked.filter((path) => path === '/token').length).toBe(before);
  });

  it('the way back is opened in another browser (login CSRF, RFC 9700 §4.7)', async () => {
    const asked = await goThere();
    const victim = new OAuthCaller(world).browser();
    await nobodyNew(await comeBack(asked, {}, victim), 400, victim);
  });

  it('the way back is opened a second time', async () => {
    const asked = await goThere();
    const cookies = new Map(browser.cookies);
    expect((await comeBack(asked, { code: 'replayed' })).status).toBe(200);
    const thief = new OAuthCaller(world).browser();
    for (const [name, value] of cookies) thief.cookies.set(name, value);
    const page = await comeBack(asked, { code: 'replayed' }, thief);
    expect(page.status).toBe(400);
    expect(thief.cookies.has(session)).toBe(false);
  });

  it('only one of two that open it at once is signed in', async () => {
    const asked = await goThere();
    const twin = new OAuthCaller(world).browser();
    for (const [name, value] of browser.cookies) twin.cookies.set(name, value);
    const pages = await Promise.all([comeBack(asked, { code: 'twice' }), comeBack(asked, { code: 'twice' }, twin)]);
    expect(pages.map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  it('it is too long ago', async () => {
    const asked = await goThere();
    world.clock.pass(900);
    await nobodyNew(await comeBack(asked), 400);
  });

  it('it comes back to the address of another provider (mix-up, RFC 9700 §4.4)', async () => {
    await nobodyNew(await comeBack(await goThere(), {}, browser, 'other'), 400);
    expect(other.state.asked).not.toContain('/token');
  });
});

describe('A person who proved who they are is told why they are not let in', () => {
  it.each<[string, string, Lie, RegExp]>([
    ['liar', 'somebody here has the address', { claims: { email: 'Ada@Example.com' } }, /account with your e-mail address already/],
    ['liar', 'somebody here has the address, which is not verified', { claims: { email: 'ada@example.com', email_verified: false } }, /is confirmed as yours/],
    ['liar', 'the address is not said to be verified', { claims: { email_verified: undefined } }, /is confirmed as yours/],
    ['restricted', 'new people are not let in', {}, /have no account here yet/],
  ])('at %s: %s', async (id, _, lie, words) => {
    const asked = await goThere(browser, id);
    liar.state.lie = lie;
    const page = await comeBack(asked, {}, browser, id);
    await nobodyNew(page, 403);
    expect(page.text).toMatch(words);
  });
});

describe('Somebody who goes back to signing in because they were not let in', () => {
  it.each<[string, Record<string, unknown>]>([
    ['select_account', {}],
    ['select_account', { prompt_values_supported: ['none', 'login', 'select_account'] }],
    ['login', { prompt_values_supported: ['none', 'login'] }],
  ])('is let choose who to be there: prompt=%s, of %j (OpenID Connect Core §3.1.2.1)', async (prompt, metadata) => {
    liar.state.metadata = metadata;
    const asked = await goThere(browser, 'restricted');
    expect(asked.has('prompt')).toBe(false);
    const page = await comeBack(asked, {}, browser, 'restricted');
    const [, back = ''] = /href="(\/sign-in[^"]*)"/.exec(page.text) ?? [];
    const again = () => goThere(browser, 'restricted', back.replaceAll('&amp;', '&'));
    const choosing = await again();
    expect(choosing.get('prompt')).toBe(prompt);
    expect((await comeBack(choosing, { code: undefined, error: 'invalid_request' }, browser, 'restricted')).status).toBe(400);
    expect((await again()).get('prompt')).toBe('login');
  });
});

describe('A provider that is down', () => {
  it('is said to be so, and everything else works; afterwards it does too', async () => {
    const down = await lyingProvider('down');
    const own = await testServer({ env: { SIGN_IN_PROVIDERS: JSON.stringify([down.setting]) } });
    const visitor = new OAuthCaller(own).browser();
    down.state.down = true;
    const page = await visitor.submit(await visitor.open('/sign-in'), /^\/sign-in\/with/);
    expect(page.status).toBe(503);
    expect(page.text).toContain('does not answer');
    expect((await visitor.signIn()).status).toBe(200);

    down.state.down = false;
    const later = new OAuthCaller(own).browser();
    const { url } = await later.submit(await later.open('/sign-in'), /^\/sign-in\/with/);
    expect(url.origin).toBe(down.issuer);
    down.state.down = true;
    const back = await comeBack(url.searchParams, { iss: down.issuer }, later, 'down');
    expect([back.status, later.cookies.has(session)]).toEqual([503, false]);
    await Promise.all([own.close(), down.close()]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['is another issuer than configuration says', { issuer: 'https://evil.example' }],
    ['sends the token request elsewhere without TLS', { token_endpoint: 'http://192.0.2.1/token' }],
  ])('is not trusted when it %s', async (_, metadata) => {
    const odd = await lyingProvider('odd');
    odd.state.metadata = metadata;
    const own = await testServer({ env: { SIGN_IN_PROVIDERS: JSON.stringify([odd.setting]) } });
    const visitor = new OAuthCaller(own).browser();
    const page = await visitor.submit(await visitor.open('/sign-in'), /^\/sign-in\/with/);
    const last = page.status === 0 ? await comeBack(page.url.searchParams, { iss: odd.issuer }, visitor, 'odd') : page;
    expect(last.status).toBeGreaterThanOrEqual(400);
    expect(visitor.cookies.has(session)).toBe(false);
    await Promise.all([own.close(), odd.close()]);
  });
});

it('begins nothing without the token of our page, and knows no other provider', async () => {
  expect((await browser.post('/sign-in/with/liar', {})).status).toBe(403);
  const page = await browser.open('/sign-in');
  const token = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
  expect((await browser.post('/sign-in/with/nobody', { _csrf: token })).status).toBe(404);
});

it('writes neither codes nor tokens nor secrets into the log', async () => {
  const asked = await goThere();
  liar.state.lie = { answer: { status: 400, body: '{"error":"invalid_grant"}' } };
  await comeBack(asked, { code: 'a-code-in-the-address' });
  const log = world.log.join('');
  expect(log).toContain('invalid_grant');
  for (const secret of ['a-code-in-the-address', asked.get('state') ?? '', asked.get('nonce') ?? '', 'client_secret']) expect(log).not.toContain(secret);
});
