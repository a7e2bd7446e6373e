import { afterAll, beforeAll, expect, it } from 'vitest';
import { listeningServer, type TestServer } from '../support/test-server.js';
import { allow, awkwardState, journey, signIn } from './authorization-journey.js';
import { describeInChromium } from './chromium.js';
import { type ClientSite, clientSite } from './client-site.js';

describeInChromium('a client that opens the server in a window of its own, as Zapier and Make do', ({ open }) => {
  let server: TestServer;
  let site: ClientSite;

  beforeAll(async () => {
    [server, site] = [await listeningServer(), await clientSite()];
  });
  afterAll(async () => {
    await server?.close();
    await site?.close();
  });

  it('still has its opener when the person comes back: no header of ours cuts the two apart', async () => {
    const context = await open({}, { javaScriptEnabled: true });
    const { client } = await server.createClient({ redirectUris: [site.callback] });
    const page = await context.newPage();
    await page.goto(site.origin);

    const opened = page.waitForEvent('popup');
    await page.evaluate(
      `window.open(${JSON.stringify(journey(server, { clientId: client.id, redirectUri: site.callback }).start)}, 'connect', 'width=600,height=700')`,
    );
    const popup = await opened;
    await signIn(popup);
    await allow(popup).click();
    await popup.waitForURL((url) => url.origin === site.origin);

    const told = page.evaluate("new Promise((resolve) => addEventListener('message', ({ data }) => resolve(data)))");
    await popup.evaluate('opener.postMessage(location.search, origin)');
    expect(new URLSearchParams(String(await told)).get('state')).toBe(awkwardState);
    await context.close();
  });
});
