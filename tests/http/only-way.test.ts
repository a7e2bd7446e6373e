import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Browser, formOf } from '../support/browser.js';
import { OAuthCaller } from '../support/oauth.js';
import { pkce } from '../support/pkce.js';
import { type SessionTokenSite, sessionTokenSite } from '../support/session-token-site.js';
import { type TestClient, type TestServer, testServer } from '../support/test-server.js';

let team: SessionTokenSite;
let world: TestServer;
let app: TestClient;
let caller: OAuthCaller;
let browser: Browser;

const only = (settings: object[], more: Record<string, string> = {}) =>
  testServer({ env: { LOCAL_ACCOUNTS: 'false', TRUSTED_SESSION_TOKENS: JSON.stringify(settings), ...more } });

beforeAll(async () => {
  team = await sessionTokenSite();
  world = await only([team.setting]);
  caller = new OAuthCaller(world);
  app = await world.createClient({ redirectUris: [caller.callback] });
});
afterAll(async () => {
  await world.close();
  await team.close();
});
beforeEach(() => {
  browser = caller.browser();
});

const asked = (more: Record<string, string> = {}) =>
  `${caller.authorizationUrl(app, { code_challenge: pkce().challenge, code_challenge_method: 'S256' })}&${new URLSearchParams(more)}`;
/** Signed in by the cookie that the team's own page sets. */
const comeBack = async (returnTo: string, claims = {}) => {
  browser.cookies.set('__session', await team.sign(claims));
  return browser.open(returnTo);
};

describe('Where the team’s own sign-in page is the only way', () => {
  it('leads a person straight there from a client, and with what they come back with to its consent page', async () => {
    const there = await browser.open(asked());
    expect(`${there.url.origin}${there.url.pathname}`).toBe(`${team.origin}/login`);
    const returnTo = new URL(there.url.searchParams.get('return_to') ?? '');
    expect(returnTo.origin + returnTo.pathname).toBe(`${world.issuer}/sign-in/session-token`);
    expect((await comeBack(returnTo.href)).url.pathname).toMatch(/^\/consent\//);
  });

  it('leads them straight there from a page of ours, and back to it', async () => {
    const there = await browser.open('/connected-apps');
    expect(there.url.origin).toBe(team.origin);
    expect((await comeBack(there.url.searchParams.get('return_to') ?? '')).url.pathname).toBe('/connected-apps');
  });

  it('shows the page to whoever comes back without being signed in, so that nobody goes in circles', async () => {
    const there = await browser.open('/account');
    const back = await browser.open(`${there.url.searchParams.get('return_to')}&error=access_denied`);
    expect([back.status, back.url.pathname]).toEqual([200, '/sign-in']);
    expect(back.text).toContain('Continue with <bdi>Team</bdi>');
  });

  it('shows the page to whoever comes back with what is not good', async () => {
    const there = await browser.open('/account');
    browser.cookies.set('__session', await team.sign({ aud: 'somebody else' }));
    expect((await browser.open(there.url.searchParams.get('return_to') ?? '')).url.pathname).toBe('/sign-in');
  });

  it.each<[string, Record<string, string>]>([
    ['prompt=login', { prompt: 'login' }],
    ['prompt=select_account', { prompt: 'select_account' }],
  ])('shows the page where the client asks for %s', async (_, more) => {
    expect((await browser.open(asked(more))).url.pathname).toBe('/sign-in');
  });

  it('goes back to the client with an error, nowhere else, where it asks for prompt=none (OpenID Connect Core §3.1.2.1)', async () => {
    const { url } = await browser.open(asked({ prompt: 'none' }));
    expect([url.origin + url.pathname, url.searchParams.get('error')]).toEqual([caller.callback, 'login_required']);
  });

  it('shows the page after signing out, after switching the account, and to whoever is to prove anew who they are', async () => {
    const signedIn = await comeBack('/sign-in/session-token?next=%2Faccount');
    expect((await browser.open('/sign-in?again=yes&next=%2Faccount')).status).toBe(200);
    const consent = await browser.open(asked());
    const switched = await browser.submit(consent, /switch-account/);
    expect([switched.status, switched.url.pathname]).toEqual([200, '/sign-in']);
    await comeBack('/sign-in/session-token');
    const out = await browser.submit(await browser.open(signedIn.url), /^\/sign-out/);
    const again = /href="(\/sign-in[^"]*)"/.exec(out.text)?.[1] ?? '';
    expect((await browser.open(again)).status).toBe(200);
  });

  it('shows the page where the sign-in there is too old for the client (max_age), however often it comes back', async () => {
    const there = await browser.open(asked({ max_age: '60' }));
    const back = await comeBack(there.url.searchParams.get('return_to') ?? '', { auth_time: Math.floor(Date.now() / 1000) - 3600 });
    expect([back.status, back.url.pathname]).toEqual([200, '/sign-in']);
  });

  it('shows the page to whoever sent a form when they were signed out: a form of ours may not end at another site', async () => {
    const page = await comeBack('/sign-in/session-token?next=%2Faccount');
    browser.cookies.delete('kw_session');
    const { fields } = formOf(page, /^\/sign-out$/);
    const end = await browser.post('/account/sessions/end-others', fields);
    expect([end.status, end.url.pathname]).toEqual([200, '/sign-in']);
  });
});

it('shows the page where there is another way', async () => {
  const acme = { id: 'acme', name: 'Acme', issuer: 'https://id.example', client_id: 'kw' };
  const another = await only([team.setting], { SIGN_IN_PROVIDERS: JSON.stringify([acme]) });
  const page = await new OAuthCaller(another).browser().open('/sign-in');
  expect(page.status).toBe(200);
  for (const name of ['Acme', 'Team']) expect(page.text).toContain(`Continue with <bdi>${name}</bdi>`);
  await another.close();
});

it('says where to sign in first, and takes the cookie along, where the only site has no sign-in page to lead to', async () => {
  const { login_uri: _, ...setting } = team.setting;
  const bare = await only([setting]);
  const person = new OAuthCaller(bare).browser();
  const page = await person.open('/account');
  expect(page.text).toContain('You sign in here through <bdi>Team</bdi>');
  const href = /href="(\/sign-in\/session-token[^"]*)"/.exec(page.text)?.[1] ?? '';
  person.cookies.set('__session', await team.sign());
  expect((await person.open(href)).url.pathname).toBe('/account');
  await bare.close();
});
