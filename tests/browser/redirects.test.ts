import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listeningServer, type TestServer } from '../support/test-server.js';
import { allow, awkwardState, journey, signIn } from './authorization-journey.js';
import { describeInChromium } from './chromium.js';
import { type ClientSite, clientSite } from './client-site.js';

const scheme = 'com.example.ledger:/callback';

describeInChromium('the way from the consent page to the client', ({ open }) => {
  let server: TestServer;
  let arrived: ClientSite;
  let between: ClientSite;
  let context: BrowserContext;

  beforeAll(async () => {
    server = await listeningServer();
    arrived = await clientSite();
    between = await clientSite(`${arrived.origin}/welcome`);
    context = await open();
  });
  afterAll(async () => {
    await context?.close();
    await server?.close();
    await between?.close();
    await arrived?.close();
  });

  /** The consent page of a client that is asked back at `redirectUri`, and what the browser refuses for its policy from then on. */
  const consentPage = async (redirectUri: string): Promise<{ page: Page; refused: string[] }> => {
    const { client } = await server.createClient({ redirectUris: [redirectUri] });
    const page = await context.newPage();
    const refused: string[] = [];
    page.on('console', (message) => message.type() === 'error' && /Content Security Policy/.test(message.text()) && refused.push(message.text()));
    await page.goto(journey(server, { clientId: client.id, redirectUri }).start);
    if (page.url().includes('/sign-in')) await signIn(page);
    return { page, refused };
  };

  it('does not end where the callback of the client redirects onward to a third origin', async () => {
    const { page, refused } = await consentPage(between.callback);
    await allow(page).click();
    await page.waitForURL((url) => url.origin === arrived.origin);
    expect(new URL(page.url()).searchParams.get('state')).toBe(awkwardState);
    expect(refused).toEqual([]);
  });

  it('lets the answer through to the private-use scheme of an app (RFC 8252 §7.1)', async () => {
    const { page, refused } = await consentPage(scheme);
    const answer = page.waitForResponse((response) => response.request().method() === 'POST');
    // Nothing on this machine takes the scheme, so that the browser gives up after it followed the redirect.
    const followed = page.waitForEvent('requestfailed');
    await allow(page).click({ noWaitAfter: true });
    expect((await answer).headers().location).toMatch(/^com\.example\.ledger:\/callback\?code=/);
    await followed;
    expect(refused).toEqual([]);
  });

  it("would be cut off by a form-action of 'self', which is why it says more", async () => {
    const { page, refused } = await consentPage(between.callback);
    await page.route(/\/oauth\/authorize/, async (route) => {
      const response = await route.fetch();
      const headers = response.headers();
      await route.fulfill({
        response,
        headers: { ...headers, 'content-security-policy': `${headers['content-security-policy']}`.replace(/form-action.*/, "form-action 'self'") },
      });
    });
    await page.goto(`${page.url()}&prompt=consent`);
    await allow(page).click({ noWaitAfter: true });
    await expect.poll(() => refused.length).toBeGreaterThan(0);
    expect(page.url().startsWith(server.issuer)).toBe(true);
  });
});
