import { beforeEach, describe, expect, it } from 'vitest';
import { budgets } from '../../src/application/attempts/budgets.js';
import type { Browser, Page } from '../support/browser.js';
import { OAuthCaller } from '../support/oauth.js';
import { pkce } from '../support/pkce.js';
import { type SessionTokenSite, sessionTokenSite } from '../support/session-token-site.js';
import { type TestServer, testServer } from '../support/test-server.js';

const session = 'kw_session';
const now = () => Math.floor(Date.now() / 1000);

let site: SessionTokenSite;
let world: TestServer;
let caller: OAuthCaller;
let browser: Browser;

beforeEach(async () => {
  site = await sessionTokenSite();
  world = await testServer({ env: { TRUSTED_SESSION_TOKENS: JSON.stringify([site.setting]) } });
  caller = new OAuthCaller(world);
  browser = caller.browser();
  return () => Promise.all([world.close(), site.close()]);
});

const post = (token: string, headers: Record<string, string> = { origin: site.origin }, who = browser, path = '/sign-in/session-token'): Promise<Page> =>
  who.post(path, { session_token: token }, headers);
const everybody = async () => (await world.storage.users.list({ limit: 100 })).items.map(({ email }) => email).sort();
const waiting = async () => {
  const app = await world.createClient({ redirectUris: [caller.callback] });
  const { challenge } = pkce();
  return caller.authorizationUrl(app, { code_challenge: challenge, code_challenge_method: 'S256' });
};

describe('A session token that is posted', () => {
  it('and proves nothing is looked at only so often from one address; good ones do not count', async () => {
    for (let at = 0; at < 3; at += 1) expect((await post(await site.sign({ jti: String(at) }))).status).toBe(200);
    for (let at = 0; at < budgets.sessionTokens.attempts; at += 1) expect((await post('a.b.c')).status).toBe(403);
    expect((await post(await site.sign())).status).toBe(429);
    const cookie = browser.cookies;
    cookie.set('__session', 'a.b.c');
    cookie.delete(session);
    expect((await browser.open('/sign-in')).status).toBe(200);
  });

  it('signs the person in, and leads to the page they were going to', async () => {
    const page = await post(await site.sign(), { origin: site.origin }, browser, '/sign-in/session-token?next=%2Fconnected-apps');
    expect([page.status, page.url.pathname]).toEqual([200, '/connected-apps']);
    const user = await world.storage.users.findByEmail('grace@team.example');
    expect(user).toMatchObject({ username: 'Grace Hopper', passwordHash: null, admin: false });
    const { items } = await world.storage.sessions.listOf(user?.id ?? '', world.clock.now(), { limit: 9 });
    expect(items.map(({ method }) => method)).toEqual(['token:team']);
  });

  it('leads to the consent page of the client that waits', async () => {
    const page = await browser.open(await waiting());
    const path = `/sign-in/session-token${page.url.search}`;
    expect((await post(await site.sign(), { origin: site.origin }, browser, path)).url.pathname).toMatch(/^\/consent\//);
  });

  it('leads to the same person each time, by issuer and subject', async () => {
    for (const email of ['grace@team.example', 'other@team.example']) expect((await post(await site.sign({ email }))).status).toBe(200);
    expect(await everybody()).toEqual(['ada@example.com', 'grace@team.example']);
  });

  it('takes over when they proved who they are there', async () => {
    await post(await site.sign({ auth_time: now() - 5000 }));
    const user = await world.storage.users.findByEmail('grace@team.example');
    const { items } = await world.storage.sessions.listOf(user?.id ?? '', world.clock.now(), { limit: 9 });
    expect(Math.abs((items[0]?.authenticatedAt.getTime() ?? 0) / 1000 - (now() - 5000))).toBeLessThan(60);
  });

  it('makes one person of ten first ones at once', async () => {
    const tokens = await Promise.all(Array.from({ length: 10 }, (_, index) => site.sign({ jti: `${index}` })));
    const pages = await Promise.all(tokens.map((token) => post(token, { origin: site.origin }, caller.browser())));
    expect(pages.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(await everybody()).toEqual(['ada@example.com', 'grace@team.example']);
  });

  it('counts once, with or without a jti; the form sent twice just goes on', async () => {
    for (const claims of [{}, { jti: 'one' }]) {
      const token = await site.sign({ ...claims, sub: 'once', email: 'once@team.example' });
      const [thief] = [caller.browser()];
      await post(token);
      const again = await post(token, { origin: site.origin }, thief);
      expect(thief.cookies.has(session)).toBe(false);
      expect(again.status).toBe(200);
      expect((await browser.open('/')).text).toContain('once@team.example');
    }
  });

  it('is accepted once of ten times at once', async () => {
    const token = await site.sign();
    const browsers = Array.from({ length: 10 }, () => caller.browser());
    await Promise.all(browsers.map((who) => post(token, { origin: site.origin }, who)));
    expect(browsers.filter((who) => who.cookies.has(session))).toHaveLength(1);
  });
});

describe('A session token is refused, and nobody is signed in, when', () => {
  it.each<[string, () => Promise<string>]>([
    ['it is of another issuer', () => site.sign({ iss: 'https://evil.example' })],
    ['it is for somebody else (aud)', () => site.sign({ aud: 'another' })],
    ['it is for nobody in particular', () => site.sign({ aud: undefined })],
    ['it is expired', () => site.sign({ exp: now() - 60 })],
    ['it never expires', () => site.sign({ exp: undefined })],
    ['it is not valid yet', () => site.sign({ nbf: now() + 600 })],
    ['it is older than is allowed, whatever it says itself', () => site.sign({ iat: now() - 400, exp: now() + 3600 })],
    ['it does not say when it was issued', () => site.sign({ iat: undefined })],
    ['it was issued in the future', () => site.sign({ iat: now() + 600 })],
    ['it has no subject', () => site.sign({ sub: undefined })],
    ['it is signed with another key', () => site.sign({}, { key: site.otherKey })],
    ['it brings its own key (jwk, jku, x5u; RFC 8725 §3.10)', () => site.embedded()],
    ['it is not signed (alg none; RFC 8725 §3.2)', () => site.forged('none')],
    ['it is signed with the public key as a secret (HS256; RFC 8725 §3.1)', () => site.forged('HS256')],
    ['it is rubbish', async () => 'a.b.c'],
    ['it is nothing of the kind', async () => 'x'.repeat(5000)],
  ])('%s', async (_, token) => {
    const page = await post(await token());
    expect(page.status).toBe(403);
    expect(browser.cookies.has(session)).toBe(false);
    expect(await everybody()).toEqual(['ada@example.com']);
  });

  it.each<[string, () => Record<string, string>]>([
    ['another site posts it (login CSRF)', () => ({ origin: 'https://evil.example' })],
    ['nobody says who posts it', () => ({})],
    ['a page without an origin posts it', () => ({ origin: 'null' })],
    ['a site whose name begins alike posts it', () => ({ origin: `${site.origin}.evil.example` })],
  ])('%s', async (_, headers) => {
    expect((await post(await site.sign(), headers())).status).toBe(403);
    expect(browser.cookies.has(session)).toBe(false);
  });

  it('it comes in the address', async () => {
    const page = await browser.open(`/sign-in/session-token?session_token=${await site.sign()}`);
    expect([page.url.pathname, browser.cookies.has(session)]).toEqual(['/sign-in', false]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['somebody here has the address', { email: 'ADA@example.com' }],
    ['the address is not said to be verified', { email_verified: undefined }],
    ['the address is said not to be', { email_verified: false }],
  ])('%s', async (_, claims) => {
    const page = await post(await site.sign(claims));
    expect([page.status, browser.cookies.has(session)]).toEqual([403, false]);
    expect(page.text).toContain('You cannot sign in this way');
    expect(await everybody()).toEqual(['ada@example.com']);
  });
});

describe('The cookie of a session token', () => {
  it('leads straight to the consent page, as often as it likes', async () => {
    for (const who of [browser, caller.browser()]) {
      who.cookies.set('__session', await site.sign());
      expect((await who.open(await waiting())).url.pathname).toMatch(/^\/consent\//);
    }
  });

  it('signs nobody in who came by themselves, and nobody again who wants to be somebody else', async () => {
    browser.cookies.set('__session', await site.sign());
    expect((await browser.open('/sign-in')).url.pathname).toBe('/sign-in');
    expect(browser.cookies.has(session)).toBe(false);

    const consent = await browser.open(await waiting());
    const page = await browser.submit(consent, /switch-account$/);
    expect([page.url.pathname, browser.cookies.has(session)]).toEqual(['/sign-in', false]);
  });

  it('that is no good leaves the sign-in page as it is', async () => {
    for (const token of [await site.forged('none'), await site.sign({ exp: now() - 60 }), 'rubbish']) {
      browser.cookies.set('__session', token);
      const page = await browser.open(await waiting());
      expect([page.url.pathname, page.status]).toEqual(['/sign-in', 200]);
    }
    expect(browser.cookies.has(session)).toBe(false);
  });

  it('does not answer prompt=login by itself, nor go round in circles', async () => {
    browser.cookies.set('__session', await site.sign({ auth_time: now() - 3600 }));
    const page = await browser.open(`${await waiting()}&prompt=login`);
    expect([page.url.pathname, page.status]).toEqual(['/sign-in', 200]);
  });
});

describe('The keys of an issuer', () => {
  it('are asked for once, and once more when a token names one that is not known, however many do', async () => {
    await post(await site.sign({ jti: '1' }));
    await post(await site.sign({ jti: '2' }));
    expect(site.state.keysAsked).toBe(1);
    for (let index = 0; index < 5; index += 1) expect((await post(await site.sign({}, { header: { kid: `unknown-${index}` } }))).status).toBe(403);
    expect(site.state.keysAsked).toBeLessThanOrEqual(2);
  });

  it('are not asked for by a token of somebody else, nor by what is no token', async () => {
    for (const token of [await site.sign({ iss: 'https://evil.example' }), 'rubbish']) await post(token);
    expect(site.state.keysAsked).toBe(0);
  });

  it('that cannot be had are no fault of the person: they are told to try again', async () => {
    site.state.down = true;
    expect((await post(await site.sign())).status).toBe(503);
    site.state.down = false;
    expect((await post(await site.sign())).status).toBe(200);
  });
});

it('leads to the team’s own sign-in page, which learns where to send the person back', async () => {
  const page = await browser.open(await waiting());
  const href = /href="([^"]*\/login\?[^"]*)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
  expect(new URL(href).searchParams.get('return_to')).toBe(`${world.issuer}/sign-in/session-token${page.url.search}`);
});

it('writes no token into the log', async () => {
  const [good, bad] = [await site.sign(), await site.forged('HS256')];
  await post(good);
  await post(bad);
  const log = world.log.join('');
  expect(log).toContain('a session token was refused');
  for (const token of [good, bad]) for (const part of token.split('.').slice(1)) expect(log).not.toContain(part);
});
