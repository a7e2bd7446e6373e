import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CreateUser } from '../../src/application/people/create-user.js';
import { type Browser, formOf, type Page } from '../support/browser.js';
import { credentialsOf, OAuthCaller } from '../support/oauth.js';
import { type Pkce, pkce } from '../support/pkce.js';
import { type TestClient, type TestServer, testPerson, testServer } from '../support/test-server.js';

const bob = { email: 'bob@example.com', password: 'another long password' };
const decide = /^\/consent\/[^/]+\/(?!switch)/;
const switchAccount = /\/switch-account$/;

let world: TestServer;
let caller: OAuthCaller;
let app: TestClient;
let browser: Browser;
let page: Page;
let proof: Pkce;

const url = (parameters: Record<string, string> = {}) =>
  caller.authorizationUrl(app, { state: 'xyz', code_challenge: proof.challenge, code_challenge_method: 'S256', ...parameters });
const press = (decision: string, on = page) => browser.submit(on, decide, { decision });
const exchange = (back: Page) =>
  caller.token({ ...caller.codeForm({ code: back.url.searchParams.get('code') ?? '', verifier: proof.verifier }), ...credentialsOf(app) });

beforeAll(async () => {
  world = await testServer();
  caller = new OAuthCaller(world);
  await world.container.resolve(CreateUser).execute({ actor: 'operator', ...bob });
});
afterAll(() => world.close());

beforeEach(async () => {
  app = await world.createClient({ name: 'Zap & Co', redirectUris: [caller.callback] });
  browser = caller.browser();
  proof = pkce();
  page = await browser.signIn(url());
});

describe('The consent page', () => {
  it('names the client, the host it sends back to, the person and each scope in words', async () => {
    expect(page.status).toBe(200);
    for (const text of ['Zap &amp; Co', 'app.example', 'ada@example.com', 'Use your account in the ways the app offers you', 'See your e-mail address'])
      expect(page.text).toContain(text);
    expect(page.text).not.toContain('See your user name');
  });

  it('shows what the client says about itself as text', async () => {
    const evil = await world.createClient({
      name: '<script>alert(1)</script>',
      description: '"><img src=x onerror=alert(1)>',
      redirectUris: [caller.callback],
    });
    const shown = await browser.open(caller.authorizationUrl(evil, { code_challenge: proof.challenge, code_challenge_method: 'S256' }));
    expect(shown.text).not.toMatch(/<script|<img src=x/);
    expect(shown.text).toContain('&lt;script>');
  });

  it('may not be framed, cached or leave its address behind, and its form may end at the client', async () => {
    expect(page.headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'/);
    expect(page.headers.get('content-security-policy')).toMatch(/form-action 'self' https:/);
    expect(page.headers.get('x-frame-options')).toBe('DENY');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('same-origin');
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('lets the form end at the scheme of a native client', async () => {
    const native = await world.createClient({ type: 'public', redirectUris: ['com.example.app:/callback'] });
    const shown = await browser.open(
      caller.authorizationUrl(native, { redirect_uri: 'com.example.app:/callback', code_challenge: proof.challenge, code_challenge_method: 'S256' }),
    );
    expect(shown.headers.get('content-security-policy')).toMatch(/form-action 'self' https: com\.example\.app:/);
  });

  it('may be reloaded, and shows the same', async () => {
    const again = await browser.open(page.url);
    expect(formOf(again, decide).action).toEqual(formOf(await browser.open(page.url), decide).action);
  });
});

describe('A person who allows', () => {
  it('is sent back with a code that is good', async () => {
    const back = await press('allow');
    expect(Object.fromEntries(back.url.searchParams)).toEqual({ code: expect.any(String), state: 'xyz', iss: world.issuer });
    expect(await exchange(back)).toMatchObject({ status: 200 });
  });

  it('is not asked again for the same, and asked for more', async () => {
    await press('allow');
    expect((await browser.open(url())).status).toBe(0);
    expect((await browser.open(url({ scope: 'email' }))).status).toBe(0);
    expect((await browser.open(url({ scope: 'default profile' }))).status).toBe(200);
  });

  it('twice, by a double click, is sent back twice, and both codes are good', async () => {
    const [first, second] = await Promise.all([press('allow'), press('allow')]);
    expect(first.url.searchParams.get('code')).not.toBe(second.url.searchParams.get('code'));
    const tokens = [await exchange(first), await exchange(second)];
    for (const { body } of tokens) expect(await caller.me(body.access_token)).toMatchObject({ status: 200 });
  });

  it('and goes back, sees that it was answered; the spent address issues nothing', async () => {
    const back = await press('allow');
    const consentAddress = formOf(page, decide).action.pathname.split('/').slice(0, 3).join('/');
    for (const address of [consentAddress, formOf(page, decide).action, `/sign-in?request=${consentAddress.split('/')[2]}`]) {
      const shown = await browser.open(address);
      expect(shown).toMatchObject({ status: 200 });
      expect(shown.text).toContain('You have already answered');
    }
    expect(await exchange(back)).toMatchObject({ status: 200 });
  });

  it('in two tabs ends well in both', async () => {
    const other = await browser.open(url({ state: 'other' }));
    const [one, two] = [await press('allow'), await press('allow', other)];
    expect([one.url.searchParams.get('state'), two.url.searchParams.get('state')]).toEqual(['xyz', 'other']);
    for (const back of [one, two]) expect(await exchange(back)).toMatchObject({ status: 200 });
  });

  it('what is not as the page showed it is asked again, also where another tab has allowed it', async () => {
    const other = await browser.open(url());
    await press('allow');
    const anew = await browser.submit(other, decide, { decision: 'allow', shown: 'default' });
    expect([anew.status, anew.text]).toEqual([200, expect.stringContaining('your answer was not taken')]);
    expect((await exchange(await press('allow', anew))).status).toBe(200);
  });
});

describe('A person who denies', () => {
  it('is sent back with access_denied, and no code (RFC 6749 §4.1.2.1)', async () => {
    const back = await press('deny');
    expect(Object.fromEntries(back.url.searchParams)).toEqual({
      error: 'access_denied',
      error_description: expect.any(String),
      state: 'xyz',
      iss: world.issuer,
    });
  });

  it('twice is sent back twice', async () => {
    for (let turn = 0; turn < 2; turn += 1) expect((await press('deny')).url.searchParams.get('error')).toBe('access_denied');
  });

  it('and then allows sees that it was answered', async () => {
    await press('deny');
    const shown = await press('allow');
    expect(shown.status).toBe(200);
    expect(shown.text).toContain('You have already answered');
  });

  it('after allowing has allowed', async () => {
    const back = await press('allow');
    expect((await press('deny')).text).toContain('You have already answered');
    expect(await exchange(back)).toMatchObject({ status: 200 });
  });

  it('is asked again next time', async () => {
    await press('deny');
    expect((await browser.open(url())).status).toBe(200);
  });
});

describe('A decision that is neither', () => {
  it.each([
    ['missing', {}],
    ['empty', { decision: '' }],
    ['something else', { decision: 'maybe' }],
    ['in another case', { decision: 'ALLOW' }],
  ])('(%s) is not understood and decides nothing', async (_, typed) => {
    expect((await browser.submit(page, decide, typed)).status).toBe(400);
    expect((await press('allow')).url.searchParams.has('code')).toBe(true);
  });

  it('(both at once) is not understood and decides nothing', async () => {
    const { action, fields } = formOf(page, decide);
    const body = new URLSearchParams([...Object.entries(fields), ['decision', 'allow'], ['decision', 'deny']]).toString();
    const shown = await browser.open(action, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body });
    expect(shown.status).toBe(400);
    expect((await press('allow')).url.searchParams.has('code')).toBe(true);
  });
});

describe('Another person', () => {
  it('who signed in in another tab meanwhile is asked, not answered for', async () => {
    const { fields } = formOf(await browser.open('/'), /^\/sign-out/);
    await browser.post('/sign-in', { ...fields, ...bob });
    const shown = await press('allow');
    expect(shown.status).toBe(200);
    expect(shown.text).toContain('bob@example.com');
    expect((await press('allow', shown)).url.searchParams.has('code')).toBe(true);
  });

  it('can be switched to, with the request waiting for them', async () => {
    const signIn = await browser.submit(page, switchAccount);
    expect(signIn.url.pathname).toBe('/sign-in');
    const shown = await browser.submit(signIn, /^\/sign-in/, bob);
    expect(shown.text).toContain('bob@example.com');
    expect((await press('allow', shown)).url.searchParams.get('state')).toBe('xyz');
  });

  it('cannot answer a request that was answered', async () => {
    await press('allow');
    const other = caller.browser();
    await other.signIn('/sign-in', bob);
    expect((await other.open(formOf(page, decide).action)).text).toContain('You have already answered');
  });
});

describe('A request', () => {
  it('that was signed out of meanwhile asks to sign in and then goes on', async () => {
    const start = await browser.open('/');
    await browser.submit(start, /^\/sign-out/);
    const signIn = await press('allow');
    expect(signIn.url.pathname).toBe('/sign-in');
    const shown = await browser.submit(signIn, /^\/sign-in/, testPerson);
    expect((await press('allow', shown)).url.searchParams.has('code')).toBe(true);
  });

  it('that is older than 30 minutes is over, and says so', async () => {
    world.clock.pass(1800);
    for (const shown of [await press('allow'), await browser.open(formOf(page, decide).action)]) {
      expect(shown.status).toBe(400);
      expect(shown.text).toContain('This page is too old');
    }
  });

  it('whose client was removed meanwhile is over', async () => {
    await world.storage.clients.remove(app.id, world.clock.now());
    expect((await press('allow')).status).toBe(400);
  });
});
