import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TemporarilyUnavailable } from '../../src/domain/errors.js';
import { type Browser, formOf } from '../support/browser.js';
import { CountingHasher } from '../support/counting-hasher.js';
import { OAuthCaller } from '../support/oauth.js';
import { pkce } from '../support/pkce.js';
import { type TestServer, testPerson, testServer } from '../support/test-server.js';
import { overInject } from '../support/transport.js';

const session = 'kw_session';
const hasher = new CountingHasher();
const form = { 'content-type': 'application/x-www-form-urlencoded' };

let world: TestServer;
let caller: OAuthCaller;
let browser: Browser;

beforeAll(async () => {
  world = await testServer({ passwordHasher: hasher });
  caller = new OAuthCaller(world);
});
afterAll(() => world.close());

beforeEach(() => {
  browser = caller.browser();
});

const signedInAs = async (who = browser) => /ada@example\.com/.test((await who.open('/')).text);

describe('Signing in', () => {
  it('leads to the start page, which says who is signed in', async () => {
    expect((await browser.signIn()).url.pathname).toBe('/');
    expect(await signedInAs()).toBe(true);
  });

  it('gives the browser another session than it had', async () => {
    await browser.signIn();
    const before = browser.cookies.get(session);
    const { fields } = formOf(await browser.open('/'), /^\/sign-out/);
    await browser.post('/sign-in', { ...fields, ...testPerson });
    expect(browser.cookies.get(session)).not.toBe(before);

    const thief = caller.browser();
    thief.cookies.set(session, before ?? '');
    expect(await signedInAs(thief)).toBe(false);
  });

  it('does not adopt a session that was planted', async () => {
    const { fields } = formOf(await browser.open('/sign-in'), /^\/sign-in/);
    browser.cookies.set(session, 'planted');
    await browser.post('/sign-in', { ...fields, ...testPerson });
    expect(browser.cookies.get(session)).toMatch(/^kw_se_/);
  });

  it.each([
    ['a wrong password', { ...testPerson, password: 'wrong' }],
    ['an unknown address', { ...testPerson, email: 'eve@example.com' }],
    ['what is no address', { ...testPerson, email: 'nobody' }],
    ['nothing', { email: '', password: '' }],
  ])('is refused for %s with the same words, after one verification', async (_, typed) => {
    const page = await browser.open('/sign-in');
    const before = hasher.verified.length;
    const shown = await browser.submit(page, /^\/sign-in/, typed);
    expect(hasher.verified.length - before).toBe(1);
    expect(shown.status).toBe(401);
    expect(shown.text).toContain('That e-mail address and password do not go together.');
    expect(browser.cookies.has(session)).toBe(false);
  });

  it('keeps the address that was typed, and never the password', async () => {
    const page = await browser.open('/sign-in');
    const shown = await browser.submit(page, /^\/sign-in/, { email: '"><script>ada', password: 'secret-in-the-form' });
    expect(formOf(shown, /^\/sign-in/).fields.email).toBe('"><script>ada');
    expect(shown.text).not.toMatch(/<script|secret-in-the-form/);
  });

  it.each(['https://evil.example/', '//evil.example/', '/\\evil.example', '../../x', '\r\nLocation: https://evil.example/'])(
    'leads nowhere but here, whatever the address says: %j',
    async (target) => {
      const address = `/sign-in?request=${encodeURIComponent(target)}`;
      const { action, fields } = formOf(await browser.open(address), /^\/sign-in/);
      expect(action.href).toBe(`${world.issuer}/sign-in`);
      const body = new URLSearchParams({ ...fields, ...testPerson }).toString();
      const response = await browser.request(address, { method: 'POST', headers: form, body });
      expect([response.status, response.headers.get('location')]).toEqual([303, '/']);
    },
  );

  it('is not asked of somebody who is signed in', async () => {
    await browser.signIn();
    expect((await browser.open('/sign-in')).url.pathname).toBe('/');
  });

  it('says that the server is busy, not that the person is wrong, when too many sign in at once', async () => {
    const busy = Object.assign(new CountingHasher(), { verify: () => Promise.reject(new TemporarilyUnavailable('too many at once')) });
    const crowded = await testServer({ passwordHasher: busy });
    const visitor = new OAuthCaller(crowded).browser();
    const shown = await visitor.signIn();
    expect(shown.status).toBe(503);
    expect(shown.headers.get('retry-after')).toMatch(/^\d+$/);
    expect(shown.text).toContain('<html');
    await crowded.close();
  });
});

describe('Signing out', () => {
  it('ends the session on the server and takes the cookie away', async () => {
    await browser.signIn();
    const copy = caller.browser();
    copy.cookies.set(session, browser.cookies.get(session) ?? '');
    expect(await signedInAs(copy)).toBe(true);
    expect((await browser.submit(await browser.open('/'), /^\/sign-out/)).text).toContain('You are signed out');
    expect(browser.cookies.has(session)).toBe(false);
    expect(await signedInAs(copy)).toBe(false);
  });

  it('leaves the other browsers of the person signed in', async () => {
    const other = caller.browser();
    await Promise.all([browser.signIn(), other.signIn()]);
    await browser.submit(await browser.open('/'), /^\/sign-out/);
    expect(await signedInAs(other)).toBe(true);
  });
});

describe('A cookie', () => {
  it.each([
    ['http://localhost:3000', '', false],
    ['https://auth.example.com', '__Host-', true],
  ])('of %s is out of reach for scripts and other sites (RFC 6265bis §4.1.2)', async (issuer, prefix, secure) => {
    const own = await testServer({ env: { ISSUER: issuer } });
    const send = overInject(own.server);
    const form = await send(`${issuer}/sign-in`);
    const lines = form.headers.getSetCookie();
    expect(lines).toHaveLength(1);
    const csrf = lines[0]?.split(';')[0] ?? '';
    const token = /name="_csrf" value="([^"]+)"/.exec(await form.text())?.[1] ?? '';
    const answer = await send(`${issuer}/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: csrf },
      body: new URLSearchParams({ _csrf: token, ...testPerson }).toString(),
    });
    const all = [...lines, ...answer.headers.getSetCookie()];
    expect(all.map((line) => line.split('=')[0])).toEqual(['csrf', 'session', 'device'].map((name) => `${prefix}kw_${name}`));
    for (const line of all) {
      const attributes = line.toLowerCase().split(/; */).slice(1);
      expect(attributes).toEqual(expect.arrayContaining(['path=/', 'httponly', 'samesite=lax']));
      expect(attributes.includes('secure')).toBe(secure);
      expect(attributes.some((attribute) => attribute.startsWith('domain'))).toBe(false);
    }
    await own.close();
  });

  it.each([
    '',
    ';;;',
    '=',
    'kw_session',
    'kw_session=',
    'kw_session=%',
    'kw_session=%00',
    'kw_session=\u0001',
    'kw_session=" "',
    '__proto__=x; constructor=y',
    'kw_csrf=rubbish',
    'kw_csrf=s%3Aforged.signature',
    `kw_session=${'x'.repeat(8000)}`,
    'kw_session=a; kw_session=b',
  ])('with rubbish is passed over: %j', async (cookie) => {
    const send = overInject(world.server);
    for (const path of ['/', '/sign-in', caller.authorizationUrl({ id: 'nobody' })]) {
      const response = await send(path, { headers: { cookie } });
      expect(response.status).toBe(path.includes('authorize') ? 400 : 200);
      expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    }
  });
});

describe('A form that was posted without the token of our page changes nothing', () => {
  const { challenge } = pkce();
  let consent: string;

  /** Every form that changes something, with what it would say. */
  const forms: [string, () => string, Record<string, string>][] = [
    ['sign-in', () => '/sign-in', testPerson],
    ['sign-out', () => '/sign-out', {}],
    ['allow', () => consent, { decision: 'allow' }],
    ['deny', () => consent, { decision: 'deny' }],
    ['switch account', () => consent.replace(/[^/]+$/, 'switch-account'), {}],
  ];

  beforeEach(async () => {
    const app = await world.createClient({ redirectUris: [caller.callback] });
    const page = await browser.signIn(caller.authorizationUrl(app, { code_challenge: challenge, code_challenge_method: 'S256' }));
    consent = formOf(page, /^\/consent\/[^/]+\/(?!switch)/).action.pathname;
  });

  describe.each(forms)('%s', (_, path, fields) => {
    /** The token of a page that another browser, an attacker's own, was given. */
    const foreign = async () => formOf(await caller.browser().open('/sign-in'), /^\/sign-in/).fields._csrf ?? '';

    it.each([
      ['no token', async () => ({})],
      ['an empty token', async () => ({ _csrf: '' })],
      ['a made-up token', async () => ({ _csrf: 'x'.repeat(40) })],
      ['the token of another browser', async () => ({ _csrf: await foreign() })],
      ['a token with a NUL byte', async () => ({ _csrf: '\0' })],
    ])('%s', async (_what, token) => {
      const cookies = new Map(browser.cookies);
      const response = await browser.request(path(), {
        method: 'POST',
        headers: form,
        body: new URLSearchParams({ ...fields, ...(await token()) } as Record<string, string>).toString(),
      });
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.status).toBeLessThan(500);
      expect(response.headers.get('content-type')).toMatch(/^text\/html/);
      expect(response.headers.get('location')).toBeNull();
      expect(browser.cookies).toEqual(cookies);
      expect(await signedInAs()).toBe(true);
      expect((await browser.open(consent)).text).toContain('wants to act for you');
    });

    it('a token in a body of another kind', async () => {
      const own = formOf(await browser.open('/'), /^\/sign-out/).fields;
      for (const [type, body] of [
        ['application/json', JSON.stringify({ ...fields, ...own })],
        ['text/plain', new URLSearchParams({ ...fields, ...own }).toString()],
      ] as const) {
        const response = await browser.request(path(), { method: 'POST', headers: { 'content-type': type }, body });
        expect(response.status).toBe(403);
      }
      expect(await signedInAs()).toBe(true);
    });

    it('a token in the address', async () => {
      const own = formOf(await browser.open('/'), /^\/sign-out/).fields;
      const response = await browser.request(`${path()}?${new URLSearchParams(own)}`, {
        method: 'POST',
        headers: form,
        body: new URLSearchParams(fields).toString(),
      });
      expect(response.status).toBe(403);
    });
  });

  it.each([
    ['sign-in', () => '/sign-in', '/sign-in'],
    ['sign-in for a request that waits', () => `/sign-in?request=${consent.split('/')[2]}`, '/sign-in?request='],
    ['the decision', () => consent, '/consent/'],
    ['sign-out', () => '/sign-out', '/'],
  ])('says so on a page that leads to the form again: %s', async (_, path, expected) => {
    const response = await browser.request(path(), { method: 'POST', headers: form, body: '' });
    const text = await response.text();
    expect(text).toContain('This form was open too long');
    const href = (/<a [^>]*href="([^"]+)"[^>]*>\s*Try again/.exec(text)?.[1] ?? '').replaceAll('&amp;', '&');
    expect(href.startsWith(expected)).toBe(true);
    expect((await caller.browser().open(href)).status).toBe(200);
  });

  it('is told that its form cannot be read when it is readable to nobody', async () => {
    const { action, fields } = formOf(await browser.open(consent), /^\/consent\/[^/]+\/(?!switch)/);
    const response = await browser.request(action, { method: 'POST', headers: form, body: `${new URLSearchParams(fields)}&decision=%FF` });
    const text = await response.text();
    expect(response.status).toBe(400);
    expect(text).toContain('That could not be understood');
    expect(text).not.toContain('app’s request');
  });
});
