import * as oauth from 'openid-client';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { UsageJournal } from '../../src/application/operations/usage-journal.js';
import { listeningServer, type TestServer } from '../support/test-server.js';
import { allow, allowAndLeave, signIn } from './authorization-journey.js';
import { describeInChromium } from './chromium.js';

const redirectUrl = 'https://zapier.com/dashboard/auth/oauth/return/App1/';

/** What Zapier's own form asks for, read from the page as a person copies it. */
interface Pasted {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string;
}

describeInChromium('from the preset to the last call, in a browser without JavaScript', ({ open }) => {
  let server: TestServer;
  let context: BrowserContext;
  let page: Page;
  let pasted: Pasted;
  let configuration: oauth.Configuration;
  let tokens: oauth.TokenEndpointResponse;

  beforeAll(async () => {
    server = await listeningServer();
    context = await open();
    // Zapier is not asked: what would go there ends in the browser.
    await context.route('https://zapier.com/**', (route) => route.fulfill({ contentType: 'text/html', body: '<title>Zapier</title>' }));
    page = await context.newPage();
    await page.goto(`${server.issuer}/clients`);
    await signIn(page);
  });
  afterAll(async () => {
    await context?.close();
    await server?.close();
  });

  const copied = (label: string) => page.getByLabel(label, { exact: true }).inputValue();
  const connectWith = ({ clientId, clientSecret }: Pick<Pasted, 'clientId' | 'clientSecret'>) =>
    oauth.discovery(new URL(server.issuer), clientId, undefined, oauth.ClientSecretPost(clientSecret), {
      algorithm: 'oauth2',
      execute: [oauth.allowInsecureRequests],
    });
  const me = async () => (await fetch(`${server.issuer}/oauth/me`, { headers: { Authorization: `Bearer ${tokens.access_token}` } })).status;
  const settle = () => server.container.resolve(UsageJournal).flush();

  it('makes a client from the preset and shows every value that Zapier asks for', async () => {
    await page.getByRole('link', { name: 'New app' }).click();
    await page.getByRole('link', { name: /^Zapier/ }).click();
    await page.getByLabel('OAuth Redirect URL').fill(redirectUrl);
    await page.getByRole('button', { name: 'Create the app' }).click();

    pasted = { clientId: await copied('Client ID'), clientSecret: await copied('Client Secret'), scope: await copied('Scope') };
    expect(await copied('Authorization URL')).toBe(`${server.issuer}/oauth/authorize`);
    expect(await copied('Access Token Request')).toBe(`${server.issuer}/oauth/token`);
    expect(pasted.clientSecret).toMatch(/^kw_cs_/);
  });

  it('connects a real OAuth client with these values', async () => {
    configuration = await connectWith(pasted);
    const [verifier, state] = [oauth.randomPKCECodeVerifier(), oauth.randomState()];
    const parameters = {
      redirect_uri: redirectUrl,
      scope: pasted.scope,
      state,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    };
    await page.goto(oauth.buildAuthorizationUrl(configuration, parameters).href);
    const back = new URL(await allowAndLeave(page, 'zapier.com'));
    tokens = await oauth.authorizationCodeGrant(configuration, back, { pkceCodeVerifier: verifier, expectedState: state });
    expect(await me()).toBe(200);
  });

  it('shows it under connected apps with its last use', async () => {
    await settle();
    await page.goto(server.issuer);
    await page.getByRole('navigation').getByRole('link', { name: 'Connected apps' }).click();
    const card = page.getByRole('article', { name: 'Zapier' });
    expect(await card.textContent()).toMatch(/Last usedjust now/);
    expect(await card.getByRole('listitem').filter({ hasText: 'e-mail address' }).textContent()).toContain('Used');
  });

  it('changes its secret without one failed request, while it refreshes in a loop', async () => {
    let current = configuration;
    let running = true;
    const [refreshed, failed]: [string[], unknown[]] = [[], []];
    const loop = (async () => {
      while (running && failed.length === 0) {
        try {
          tokens = await oauth.refreshTokenGrant(current, tokens.refresh_token ?? '');
          refreshed.push(tokens.access_token);
        } catch (error) {
          failed.push(error);
        }
      }
    })();
    /** Until the loop has gone round again with what is set now. */
    const round = async () => {
      const before = refreshed.length;
      await expect.poll(() => failed.length > 0 || refreshed.length > before + 2, { timeout: 10_000 }).toBe(true);
    };

    try {
      await round();
      server.clock.pass(60);
      await page.goto(`${server.issuer}/clients/${pasted.clientId}/secrets/new`);
      await page.getByLabel('What it is for').fill('the second');
      await page.getByRole('button', { name: 'Add the secret' }).click();
      const second = await copied('Client Secret');
      expect(second).not.toBe(pasted.clientSecret);
      await round();

      current = await connectWith({ clientId: pasted.clientId, clientSecret: second });
      await round();
      await settle();
      server.clock.pass(60);
      await round();
      await settle();
    } finally {
      running = false;
      await loop;
    }
    expect(failed).toEqual([]);
    expect(new Set(refreshed).size).toBe(refreshed.length);
    configuration = current;
  });

  it('says which secret is in use, and removes the other', async () => {
    await page.goto(`${server.issuer}/clients/${pasted.clientId}`);
    const row = (label: string) => page.getByRole('row').filter({ hasText: label });
    expect(await row('the second').textContent()).toMatch(/In use.*from 127\.0\.0\.1/);
    await row('first secret')
      .getByRole('link', { name: /Remove/ })
      .click();
    await page.getByRole('button', { name: 'Remove the secret' }).click();
    expect(await row('first secret').count()).toBe(0);

    await expect(oauth.refreshTokenGrant(await connectWith(pasted), tokens.refresh_token ?? '')).rejects.toMatchObject({ status: 401 });
    tokens = await oauth.refreshTokenGrant(configuration, tokens.refresh_token ?? '');
    expect(await me()).toBe(200);
  });

  it('ends with the next call when the person disconnects it', async () => {
    await page.goto(`${server.issuer}/connected-apps`);
    await page.getByRole('link', { name: 'Disconnect Zapier' }).click();
    expect(await me()).toBe(200);
    await page.getByRole('button', { name: 'Disconnect' }).click();
    expect(await me()).toBe(401);
    expect(await page.getByRole('main').textContent()).toContain('Nothing acts for you');
    await expect(oauth.refreshTokenGrant(configuration, tokens.refresh_token ?? '')).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('asks nothing after it gave its token back (RFC 7009), until the person wants to be asked', async () => {
    const [verifier, state] = [oauth.randomPKCECodeVerifier(), oauth.randomState()];
    const challenge = await oauth.calculatePKCECodeChallenge(verifier);
    const parameters = { redirect_uri: redirectUrl, scope: pasted.scope, state, code_challenge: challenge, code_challenge_method: 'S256' };
    const asked = oauth.buildAuthorizationUrl(configuration, parameters).href;
    await page.goto(asked);
    const back = new URL(await allowAndLeave(page, 'zapier.com'));
    tokens = await oauth.authorizationCodeGrant(configuration, back, { pkceCodeVerifier: verifier, expectedState: state });
    await oauth.tokenRevocation(configuration, tokens.refresh_token ?? '');
    expect(await me()).toBe(401);

    await page.goto(`${server.issuer}/connected-apps`);
    const card = page.getByRole('article', { name: 'Zapier' });
    expect(await card.textContent()).toContain('it may connect again without asking you');
    await card.getByRole('button', { name: 'Ask me again before Zapier connects' }).click();
    expect(await page.getByRole('main').textContent()).toContain('You will be asked before the app connects again.');
    expect(await card.count()).toBe(0);
    await page.goto(asked);
    expect(await allow(page).count()).toBe(1);
  });
});
