import { afterAll, beforeAll, expect, it } from 'vitest';
import { GiveLink } from '../../src/application/accounts/give-link.js';
import { listeningServer, type TestServer } from '../support/test-server.js';
import { signIn } from './authorization-journey.js';
import { describeInWholeChromium } from './chromium.js';

describeInWholeChromium('a password manager', ({ open }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await listeningServer();
  });
  afterAll(() => server?.close());

  it('knows of each password form whose it is, so that it saves the new password for the right account', async () => {
    const at = (path: string) => `${server.issuer}${path}`;
    const page = await (await open()).newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.text().includes('username fields')) complaints.push(page.url());
    });
    await page.goto((await server.container.resolve(GiveLink).execute({ email: 'ada@example.com' })).address);
    await page.getByRole('heading', { name: 'Choose a new password' }).waitFor();
    await page.goto(at('/sign-in'));
    await signIn(page);
    await page.goto(at('/account/password'));
    await page.getByRole('heading', { name: 'Change your password' }).waitFor();

    // A form of which it does not know comes last, so that what it said of the others has arrived by then.
    const body = '<form><input type="hidden" autocomplete="username" value="ada"><input type="password" autocomplete="new-password"></form>';
    await page.route(at('/planted'), (route) => route.fulfill({ contentType: 'text/html', body }));
    await page.goto(at('/planted'));
    await expect.poll(() => complaints).toContain(at('/planted'));
    expect(complaints).toEqual([at('/planted')]);
    await page.context().close();
  });
});
