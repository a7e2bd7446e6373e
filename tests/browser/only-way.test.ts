import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RealProvider, realProvider } from '../support/real-provider.js';
import { type SessionTokenSite, sessionTokenSite } from '../support/session-token-site.js';
import { listeningServer, type TestServer } from '../support/test-server.js';
import { allow, journey } from './authorization-journey.js';
import { seriousProblems } from './axe.js';
import { describeInChromium, looks } from './chromium.js';
import { type ClientSite, clientSite } from './client-site.js';
import { layoutProblems } from './layout-problems.js';

describeInChromium('without local accounts, in a browser', ({ open }) => {
  let provider: RealProvider;
  let team: SessionTokenSite;
  let withProvider: TestServer;
  let withTeam: TestServer;
  let site: ClientSite;

  beforeAll(async () => {
    provider = await realProvider();
    for (const login of ['grace', 'eve']) provider.accounts.set(login, { email: `${login}@acme.example`, email_verified: true, name: login });
    team = await sessionTokenSite('127.0.0.1');
    team.state.by = 'cookie';
    const setting = { ...provider.setting, first_administrator: 'Grace@acme.example' };
    const down = { id: 'down', name: 'Away ID', issuer: 'http://127.0.0.1:9', client_id: 'keywright' };
    withProvider = await listeningServer({ env: { LOCAL_ACCOUNTS: 'false', SIGN_IN_PROVIDERS: JSON.stringify([setting, down]) } });
    provider.register(withProvider.issuer);
    withTeam = await listeningServer({ env: { LOCAL_ACCOUNTS: 'false', TRUSTED_SESSION_TOKENS: JSON.stringify([team.setting]) } });
    site = await clientSite();
  });
  afterAll(async () => {
    for (const one of [withProvider, withTeam, provider, team, site]) await one?.close();
  });

  const signIn = async (page: Page, login: string) => {
    await page.getByRole('button', { name: 'Continue with Acme ID' }).click();
    await page.locator('input[name=login]').fill(login);
    await page.locator('input[name=password]').fill('any');
    await page.locator('button[type=submit]').click();
    if (new URL(page.url()).origin === provider.issuer) await page.locator('button[type=submit]').click();
    await page.waitForURL((url) => url.origin === withProvider.issuer);
  };

  it('makes whoever comes from the provider with the named address the first administrator, and nobody who comes with another', async () => {
    for (const [login, status] of [
      ['eve', 404],
      ['grace', 200],
    ] as const) {
      const page = await (await open()).newPage();
      await page.goto(`${withProvider.issuer}/sign-in`);
      await signIn(page, login);
      expect([login, (await page.goto(`${withProvider.issuer}/admin/users`))?.status()]).toEqual([login, status]);
      await page.context().close();
    }
  });

  it.each(looks)('has pages on which axe-core finds nothing serious ($colorScheme, $width)', async (look) => {
    const page = await (await open(look, { javaScriptEnabled: true })).newPage();
    await page.goto(`${withProvider.issuer}/sign-in`);
    expect([await seriousProblems(page), await layoutProblems(page)]).toEqual([[], []]);
    await page.getByRole('button', { name: 'Continue with Away ID' }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Signing in is not possible there just now');
    expect([await seriousProblems(page), await layoutProblems(page)]).toEqual([[], []]);
    await page.context().close();
  });

  it('leads from the client through the team’s own site straight to the consent page, where that is the only way', async () => {
    const { id, secret } = await withTeam.createClient({ name: 'Ledger', redirectUris: [site.callback] });
    const asked = journey(withTeam, { clientId: id, redirectUri: site.callback });
    const page = await (await open()).newPage();
    await page.goto(asked.start);
    expect(new URL(page.url()).pathname).toMatch(/^\/consent\//);
    await allow(page).click();
    await page.waitForURL((url) => url.origin === site.origin);
    const { body } = await asked.exchange(page.url(), secret);
    expect((await asked.me(body.access_token as string)).body).toMatchObject({ email: 'grace@team.example' });
    await page.context().close();
  });
});
