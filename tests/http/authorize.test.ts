import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CreateUser } from '../../src/application/people/create-user.js';
import { type Browser, formOf, type Page } from '../support/browser.js';
import { credentialsOf, OAuthCaller } from '../support/oauth.js';
import { pkce } from '../support/pkce.js';
import { type TestClient, type TestServer, testServer } from '../support/test-server.js';

let world: TestServer;
let caller: OAuthCaller;
let app: TestClient;
/** Signed in, and has agreed to `app`. */
let ada: Browser;

const { challenge } = pkce();
const s256 = { code_challenge: challenge, code_challenge_method: 'S256' };
const url = (parameters: Record<string, string | null> = {}, client = app) => caller.authorizationUrl(client, { ...s256, ...parameters });

beforeAll(async () => {
  world = await testServer();
  caller = new OAuthCaller(world);
  app = await world.createClient({ redirectUris: [caller.callback] });
  ada = caller.browser();
  await ada.allow(url());
});
afterAll(() => world.close());

/** Where an authorization request leads at once; `null` when it shows a page. */
async function answer(address: string, browser = ada): Promise<URL | null> {
  const page = await browser.open(address);
  return page.status === 0 ? page.url : null;
}

describe('The answer to an authorization request', () => {
  it('is a 303 with code, state and iss, and nothing else (RFC 6749 §4.1.2, RFC 9207 §2)', async () => {
    const response = await ada.request(url({ state: 'xyz' }));
    const location = new URL(response.headers.get('location') ?? '');
    expect(response.status).toBe(303);
    expect(location.origin + location.pathname).toBe(caller.callback);
    expect(Object.fromEntries(location.searchParams)).toEqual({ code: expect.stringMatching(/^kw_ac_/), state: 'xyz', iss: world.issuer });
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('is an error with state and iss where it cannot be given (RFC 6749 §4.1.2.1, RFC 9207 §2)', async () => {
    const back = await answer(url({ state: 'xyz', scope: 'no-such-scope' }));
    expect(Object.fromEntries(back?.searchParams ?? [])).toEqual({
      error: 'invalid_scope',
      error_description: expect.any(String),
      state: 'xyz',
      iss: world.issuer,
    });
  });

  it('has no state where none was sent, or an empty one (RFC 6749 §3.1)', async () => {
    for (const state of [null, '']) expect((await answer(url({ state })))?.searchParams.has('state')).toBe(false);
  });

  const strange = [
    'a b',
    'a+b',
    'a%20b',
    'a&b=c',
    '?#/',
    '=',
    '==',
    ' ',
    'ünïcödé 漢字 🎉',
    '{"json": ["true"]}',
    '<script>"\'</script>',
    '%',
    '%00',
    '\r\n\t',
    '\\',
    'a;b',
    "~!*()'",
    '\u2028',
    '\u{10ffff}',
  ];

  it.each(strange)('has the state byte for byte: %j', async (state) => {
    expect((await answer(url({ state })))?.searchParams.get('state')).toBe(state);
    expect((await answer(url({ state, scope: 'no-such-scope' })))?.searchParams.get('state')).toBe(state);
  });

  it('has the state byte for byte, whatever it is', async () => {
    const states = fc.string({ unit: 'binary', minLength: 1 }).filter((state) => !/[\0\ufffd\p{Surrogate}]/u.test(state));
    await fc.assert(
      fc.asyncProperty(states, async (state) => (await answer(url({ state })))?.searchParams.get('state') === state),
      { numRuns: 40 },
    );
  });

  it('has a state that reads the same to those who decode "+" and to those who do not', async () => {
    const back = await answer(url({ state: 'a b+c' }));
    const [, raw = ''] = /[?&]state=([^&]*)/.exec(back?.href ?? '') ?? [];
    expect(decodeURIComponent(raw)).toBe('a b+c');
  });

  it('has a state of 8 kB', async () => {
    const state = 'x'.repeat(8192);
    expect((await answer(url({ state })))?.searchParams.get('state')).toBe(state);
  });

  it.each([
    ['a state with a NUL byte', '\0'],
    ['a state that is not UTF-8', '\ufffd'],
  ])('refuses %s and leaves it out', async (_, state) => {
    const back = await answer(url({ state }));
    expect(Object.fromEntries(back?.searchParams ?? [])).toMatchObject({ error: 'invalid_request', iss: world.issuer });
    expect(back?.searchParams.has('state')).toBe(false);
  });

  it('leaves out a state that was sent twice (RFC 6749 §3.1)', async () => {
    const back = await answer(`${url({ state: 'one' })}&state=two`);
    expect(Object.fromEntries(back?.searchParams ?? [])).toEqual({
      error: 'invalid_request',
      error_description: 'state was sent more than once',
      iss: world.issuer,
    });
  });
});

describe('A redirect URI that has a query of its own', () => {
  const own = 'https://app.example/callback?tenant=7&next=%2Fhome';
  let tenant: TestClient;

  beforeAll(async () => {
    tenant = await world.createClient({ redirectUris: [own] });
    await ada.allow(url({ redirect_uri: own }, tenant));
  });

  it.each([
    ['success', {}, { code: expect.any(String) }],
    ['error', { scope: 'no-such-scope' }, { error: 'invalid_scope', error_description: expect.any(String) }],
  ])('keeps it, on %s (RFC 6749 §3.1.2)', async (_, parameters, expected) => {
    const back = await answer(url({ redirect_uri: own, state: 'xyz', ...parameters }, tenant));
    expect(back?.href).toMatch(/^https:\/\/app\.example\/callback\?tenant=7&next=%2Fhome&/);
    expect(Object.fromEntries(back?.searchParams ?? [])).toEqual({ tenant: '7', next: '/home', state: 'xyz', iss: world.issuer, ...expected });
  });

  it('is not matched without it', async () => {
    expect(await answer(url({ redirect_uri: caller.callback }, tenant))).toBeNull();
  });
});

describe("A client on the person's own machine", () => {
  it.each(['http://127.0.0.1', 'http://[::1]', 'http://localhost'])('%s may answer on another port each time (RFC 8252 §7.3)', async (origin) => {
    const native = await world.createClient({ type: 'public', redirectUris: [`${origin}/callback`] });
    for (const port of [49_152, 60_001]) {
      const redirect_uri = `${origin}:${port}/callback`;
      const back = await ada.allow(url({ redirect_uri }, native));
      expect(back.href).toMatch(new RegExp(`^${redirect_uri.replace(/[[\]]/g, '\\$&')}\\?code=`));
    }
  });

  it('may have a scheme of its own (RFC 8252 §7.1)', async () => {
    const native = await world.createClient({ type: 'public', redirectUris: ['com.example.app:/callback'] });
    expect((await ada.allow(url({ redirect_uri: 'com.example.app:/callback' }, native))).href).toMatch(/^com\.example\.app:\/callback\?code=/);
  });
});

describe('redirect_uri', () => {
  it('may be left out where exactly one is registered (RFC 6749 §3.1.2.3), and then in the token request too', async () => {
    const { code, verifier } = await caller.code(app, { redirect_uri: null }, ada);
    expect(await caller.token({ grant_type: 'authorization_code', code, code_verifier: verifier, ...credentialsOf(app) })).toMatchObject({ status: 200 });
  });
});

describe('resource (RFC 8707)', () => {
  it('is carried from the code to the token, to the refreshed token, and is told by introspection as aud', async () => {
    const sent = { resource: 'https://mcp.example/' };
    const form = { ...caller.codeForm(await caller.code(app, sent, ada)), ...credentialsOf(app) };
    const { body } = await caller.token({ ...form, resource: 'https://mcp.example' });
    const refreshed = await caller.token({ grant_type: 'refresh_token', refresh_token: body.refresh_token, ...credentialsOf(app) });
    for (const { access_token } of [body, refreshed.body]) {
      expect(await caller.post('/oauth/introspect', { token: access_token, ...credentialsOf(app) })).toMatchObject({
        body: { active: true, aud: 'https://mcp.example/' },
      });
    }
  });

  it('may be sent several times', async () => {
    const back = await answer(`${url({ resource: 'https://one.example/' })}&resource=${encodeURIComponent('https://two.example/')}`);
    expect(back?.searchParams.has('code')).toBe(true);
  });

  it('that is none is invalid_target', async () => {
    expect((await answer(url({ resource: '/mcp' })))?.searchParams.get('error')).toBe('invalid_target');
  });
});

describe('prompt (OpenID Connect Core §3.1.2.1)', () => {
  it('none: login_required where nobody is signed in', async () => {
    expect((await answer(url({ prompt: 'none', state: 's' }), caller.browser()))?.searchParams.get('error')).toBe('login_required');
  });

  it('none: consent_required where the person has not agreed', async () => {
    expect((await answer(url({ prompt: 'none', scope: 'default email profile' })))?.searchParams.get('error')).toBe('consent_required');
  });

  it('none: a code where nothing has to be asked', async () => {
    expect((await answer(url({ prompt: 'none' })))?.searchParams.has('code')).toBe(true);
  });

  it('login: asks to sign in again, then goes on', async () => {
    world.clock.pass(1);
    const page = await ada.open(url({ prompt: 'login' }));
    expect(page).toMatchObject({ status: 200, url: { pathname: '/sign-in' } });
    world.clock.pass(1);
    const end = await ada.submit(page, /^\/sign-in/, { email: 'ada@example.com', password: 'correct horse battery staple' });
    expect(end.url.searchParams.has('code')).toBe(true);
  });

  const password = 'correct horse battery staple';
  const signIn = (page: Page, email = 'ada@example.com') => ada.submit(page, /^\/sign-in/, { email, password });
  const isQuestion = (page: Page, title: string) => expect([page.status, page.text.includes(`<h1>${title}</h1>`)]).toEqual([200, true]);
  const errorOf = async (parameters: Record<string, string>) => (await answer(url({ prompt: 'none', ...parameters })))?.searchParams.get('error');

  it('login: starts a session with a new id and ends the one before', async () => {
    const [, before] = [...ada.cookies].find(([name]) => name.endsWith('session')) ?? [];
    world.clock.pass(1);
    await signIn(await ada.open(url({ prompt: 'login' })));
    const copied = caller.browser();
    copied.cookies.set('kw_session', before ?? '');
    expect((await copied.open('/account')).url.pathname).toBe('/sign-in');
    expect((await ada.open('/account')).url.pathname).toBe('/account');
  });

  it.each([
    ['0', 1, false],
    ['60', 60, true],
    ['60', 61, false],
    ['9'.repeat(400), 61, true],
  ])('max_age=%s: %d seconds after signing in that is enough: %s', async (max_age, seconds, enough) => {
    await ada.post('/sign-out', formOf(await ada.open('/'), /^\/sign-out/).fields);
    await ada.signIn();
    world.clock.pass(seconds);
    expect(await errorOf({ max_age })).toBe(enough ? null : 'login_required');
    const page = await ada.open(url({ max_age }));
    if (enough) return expect(page.url.searchParams.has('code')).toBe(true);
    isQuestion(page, 'Sign in');
    world.clock.pass(1);
    return expect((await signIn(page)).url.searchParams.has('code')).toBe(true);
  });

  it.each(['-1', '1.5', 'soon', ''])('max_age=%j is invalid_request', async (max_age) => {
    expect((await answer(url({ max_age })))?.searchParams.get('error')).toBe(max_age === '' ? null : 'invalid_request');
  });

  it('select_account: asks as whom, and goes on as that person', async () => {
    world.clock.pass(1);
    const page = await ada.open(url({ prompt: 'select_account' }));
    isQuestion(page, 'Choose an account');
    expect((await ada.submit(page, /continue$/)).url.searchParams.has('code')).toBe(true);
  });

  it('select_account: another account is another sign-in, after which nothing is asked twice', async () => {
    world.clock.pass(1);
    const page = await ada.open(url({ prompt: 'select_account' }));
    world.clock.pass(1);
    const form = await ada.submit(page, /switch-account$/);
    isQuestion(form, 'Sign in');
    expect((await signIn(form)).url.searchParams.has('code')).toBe(true);
  });

  it('select_account: an account chosen by somebody else counts for nobody', async () => {
    world.clock.pass(1);
    const page = await ada.open(url({ prompt: 'select_account' }));
    const { action, fields } = formOf(page, /continue$/);
    await world.container.resolve(CreateUser).execute({ actor: 'operator', email: 'bob@example.com', password });
    const stranger = caller.browser();
    await stranger.signIn('/sign-in', { email: 'bob@example.com', password });
    const _csrf = formOf(await stranger.open('/'), /^\/sign-out/).fields._csrf ?? '';
    await stranger.post(action, { _csrf });
    isQuestion(await ada.open(action), 'Choose an account');
    expect((await ada.post(action, fields)).url.searchParams.has('code')).toBe(true);
  });

  it('select_account: the choice needs the token of our page', async () => {
    world.clock.pass(1);
    const { action } = formOf(await ada.open(url({ prompt: 'select_account' })), /continue$/);
    expect((await ada.post(action, {})).status).toBe(403);
    isQuestion(await ada.open(action), 'Choose an account');
  });

  it('login_hint fills in the address at sign-in, and nothing that is none', async () => {
    const open = async (login_hint: string) => (await caller.browser().open(url({ login_hint }))).text;
    expect(await open(' Grace@Example.com')).toContain('value="grace@example.com"');
    expect(await open('+44 20 7946 0000')).not.toContain('20 7946');
  });

  it('login_hint asks as whom where somebody else is signed in, in place of going on as the wrong one', async () => {
    world.clock.pass(1);
    const page = await ada.open(url({ login_hint: 'grace@example.com' }));
    isQuestion(page, 'Choose an account');
    expect(page.text).toContain('grace@example.com');
    expect(await errorOf({ login_hint: 'grace@example.com' })).toBe('account_selection_required');
    expect((await ada.submit(page, /switch-account$/)).text).toContain('value="grace@example.com"');
    await ada.signIn();
    expect((await ada.open(url({ login_hint: 'ADA@example.com' }))).url.searchParams.has('code')).toBe(true);
  });

  it('none goes with no other value', async () => {
    for (const other of ['login', 'consent', 'select_account']) expect(await errorOf({ prompt: `none ${other}` })).toBe('invalid_request');
  });

  it('consent: asks again though the person agreed before', async () => {
    const page = await ada.open(url({ prompt: 'consent' }));
    expect(page.url.pathname).toBe('/oauth/authorize');
    expect((await ada.submit(page, /^\/consent\/[^/]+\/(?!switch)/, { decision: 'allow' })).url.searchParams.has('code')).toBe(true);
  });

  it('select_account and whatever comes after it: is passed over', async () => {
    expect((await answer(url({ prompt: 'select_account' })))?.searchParams.has('code')).toBe(true);
  });
});

describe('While it is not known where the client lives, an error is a page and nobody is redirected (RFC 6749 §4.1.2.1)', () => {
  it.each([
    ['no client_id', { client_id: null }],
    ['an empty client_id', { client_id: '' }],
    ['a client_id that nobody has', { client_id: 'nobody' }],
    ['a client_id with a NUL byte', { client_id: '\0' }],
    ['a client_id of 4 kB', { client_id: 'x'.repeat(4096) }],
    ['__proto__', { client_id: '__proto__' }],
    ['a redirect_uri of somebody else', { redirect_uri: 'https://evil.example/callback' }],
    ['a redirect_uri that only begins like the registered one', { redirect_uri: 'https://app.example/callback.evil' }],
    ['a redirect_uri with a user name', { redirect_uri: 'https://app.example@evil.example/callback' }],
    ['a redirect_uri with a fragment', { redirect_uri: 'https://app.example/callback#x' }],
    ['a redirect_uri with a NUL byte', { redirect_uri: 'https://app.example/callback\0' }],
    ['a redirect_uri with a line break', { redirect_uri: 'https://app.example/callback\r\nSet-Cookie: a=b' }],
    ['javascript:', { redirect_uri: 'javascript:alert(1)' }],
    ['Javascript: with a space before', { redirect_uri: ' JavaScript:alert(1)' }],
  ])('%s', async (_, parameters) => {
    const response = await ada.request(url(parameters));
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await response.text()).not.toMatch(/evil\.example|javascript:/i);
  });

  it.each(['client_id', 'redirect_uri'])('%s twice', async (name) => {
    const page = await ada.open(`${url()}&${name}=${encodeURIComponent(name === 'client_id' ? app.id : caller.callback)}`);
    expect(page.status).toBe(400);
  });
});
