import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type RealProvider, realProvider } from '../support/real-provider.js';
import { type SessionTokenSite, sessionTokenSite } from '../support/session-token-site.js';
import { listeningServer, type TestServer, testPerson } from '../support/test-server.js';
import { allow, journey, signIn } from './authorization-journey.js';
import { describeInChromium } from './chromium.js';
import { type ClientSite, clientSite } from './client-site.js';

const grace = { email: 'grace@acme.example', email_verified: true, name: 'Grace Hopper' };

describeInChromium('ways to sign in, in a browser', ({ open }) => {
  let provider: RealProvider;
  let team: SessionTokenSite;
  let server: TestServer;
  let site: ClientSite;
  let asked: ReturnType<typeof journey>;
  let secret: string;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    provider = await realProvider();
    provider.accounts.set('grace', grace);
    provider.accounts.set('mallory', { email: testPerson.email, email_verified: true, name: 'Mallory' });
    provider.accounts.set('heidi', { email: 'heidi@acme.example', email_verified: false, name: 'Heidi' });
    team = await sessionTokenSite('127.0.0.1');
    const env = { SIGN_IN_PROVIDERS: JSON.stringify([provider.setting]), TRUSTED_SESSION_TOKENS: JSON.stringify([team.setting]) };
    server = await listeningServer({ env });
    provider.register(server.issuer);
    site = await clientSite();
  });
  afterAll(async () => {
    await server?.close();
    await provider?.close();
    await team?.close();
    await site?.close();
  });

  beforeEach(async () => {
    const created = await server.createClient({ name: 'Ledger', redirectUris: [site.callback] });
    secret = created.secret;
    asked = journey(server, { clientId: created.id, redirectUri: site.callback });
    context = await open();
    page = await context.newPage();
    return () => context.close();
  });

  /** What a person does at the provider: its own login page, then its own consent page. */
  const atProvider = async (login: string) => {
    expect(new URL(page.url()).origin).toBe(provider.issuer);
    await page.locator('input[name=login]').fill(login);
    await page.locator('input[name=password]').fill('any');
    await page.locator('button[type=submit]').click();
    if (new URL(page.url()).origin === provider.issuer) await page.locator('button[type=submit]').click();
  };
  const withProvider = (login: string) =>
    page
      .getByRole('button', { name: 'Continue with Acme ID' })
      .click()
      .then(() => atProvider(login));

  /** The consent page, in the name of this person; then the client has what it came for. */
  const consentOf = async (email: string) => {
    expect(new URL(page.url()).pathname).toMatch(/^\/consent\//);
    const text = await page.getByRole('main').textContent();
    for (const part of ['Ledger', email, 'See your user name']) expect(text).toContain(part);
    await allow(page).click();
    await page.waitForURL((url) => url.origin === site.origin);
    const { status, body } = await asked.exchange(page.url(), secret);
    expect(status).toBe(200);
    return (await asked.me(body.access_token as string)).body;
  };

  it('leads from local accounts to the consent page', async () => {
    await page.goto(asked.start);
    await signIn(page);
    expect(await consentOf(testPerson.email)).toMatchObject({ email: testPerson.email });
  });

  it('leads from an OpenID provider to the same consent page, and to the same person again', async () => {
    await page.goto(asked.start);
    await withProvider('grace');
    const first = await consentOf(grace.email);
    expect(first).toMatchObject({ email: grace.email });

    const [another] = [await open()];
    page = await another.newPage();
    await page.goto(asked.start);
    await withProvider('grace');
    // Agreed to before: straight on to the client.
    await page.waitForURL((url) => url.origin === site.origin);
    const { body } = await asked.exchange(page.url(), secret);
    expect((await asked.me(body.access_token as string)).body).toEqual(first);
    await another.close();
  });

  it.each(['form', 'cookie'] as const)('leads from the team’s own site, which hands over a session token by a %s, to the same consent page', async (by) => {
    team.state.by = by;
    team.state.claims = { sub: by, email: `${by}@team.example` };
    await page.goto(asked.start);
    await page.getByRole('link', { name: 'Continue with Team' }).click();
    if (by === 'form') {
      expect(new URL(page.url()).origin).toBe(team.origin);
      await page.getByRole('button', { name: 'Go on' }).click();
    }
    expect(await consentOf(`${by}@team.example`)).toMatchObject({ email: `${by}@team.example` });
  });

  it('hands a local account to nobody who has its address at the provider', async () => {
    await page.goto(asked.start);
    await withProvider('mallory');
    expect(await page.getByRole('main').textContent()).toContain('There is an account with your e-mail address already');
    await page.getByRole('link', { name: 'Back to signing in' }).click();
    await signIn(page);
    expect(await consentOf(testPerson.email)).toMatchObject({ email: testPerson.email });
  });

  it('makes no account for an address that the provider has not verified', async () => {
    await page.goto(asked.start);
    await withProvider('heidi');
    expect(await page.getByRole('main').textContent()).toContain('confirmed as yours');
    expect(await server.storage.users.findByEmail('heidi@acme.example')).toBeNull();
  });

  it('says so in plain words when the person turns back at the provider, and lets them go on', async () => {
    await page.goto(asked.start);
    await page.getByRole('button', { name: 'Continue with Acme ID' }).click();
    await page.getByRole('link', { name: /cancel/i }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('You are not signed in');
    await page.getByRole('link', { name: 'Back to signing in' }).click();
    await signIn(page);
    await consentOf(testPerson.email);
  });

  it('asks the person again at the provider where the client asks for it (prompt=login)', async () => {
    await page.goto(asked.start);
    await withProvider('grace');
    server.clock.pass(1);
    await page.goto(`${asked.start}&prompt=login`);
    await page.getByRole('button', { name: 'Continue with Acme ID' }).click();
    expect(await page.locator('input[name=login]').count()).toBe(1);
    await atProvider('grace');
    await consentOf(grace.email);
  });

  it('links a provider on the account page, after which it leads to the local account, and confirms by it that it is the person', async () => {
    provider.accounts.set('linked', { email: 'other@acme.example', email_verified: true, name: 'Ada elsewhere' });
    await page.goto(`${server.issuer}/sign-in`);
    await signIn(page);
    await page.goto(`${server.issuer}/account`);
    await page.getByRole('button', { name: 'Link Acme ID' }).click();
    await atProvider('linked');
    expect(await page.getByRole('main').textContent()).toContain('That is linked');
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();

    await page.goto(asked.start);
    // The provider knows who this is by now, and asks nothing.
    await page.getByRole('button', { name: 'Continue with Acme ID' }).click();
    if (new URL(page.url()).origin === provider.issuer) await page.locator('button[type=submit]').click();
    expect(await consentOf(testPerson.email)).toMatchObject({ email: testPerson.email });

    server.clock.pass(301);
    await page.goto(`${server.issuer}/account`);
    await page.getByRole('button', { name: 'Unlink Acme ID' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Confirm that it is you');
    await page.getByRole('button', { name: 'Continue with Acme ID' }).click();
    expect(await page.locator('input[name=login]').count()).toBe(1);
    await atProvider('linked');
    expect(new URL(page.url()).pathname).toBe('/account');
  });
});
