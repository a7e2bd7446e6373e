import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listeningServer, type TestServer } from '../support/test-server.js';
import { signIn } from './authorization-journey.js';
import { describeInChromium, looks } from './chromium.js';
import { layoutProblems } from './layout-problems.js';

describeInChromium('the form of an app, without JavaScript', ({ open }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await listeningServer();
  });
  afterAll(() => server?.close());

  const scopes = (page: Page) => page.getByRole('group', { name: 'Scopes it may ask for' });
  const ofOwnApi = (page: Page) => scopes(page).locator('summary');
  const box = (page: Page) => scopes(page).getByRole('checkbox', { name: 'clients:read' });

  it.each(looks)(
    'opens the scopes of this server’s own API by the keyboard, and says that some are ticked once they are closed ($colorScheme, $width)',
    async (look) => {
      const page = await (await open(look, { reducedMotion: 'reduce' })).newPage();
      await page.goto(`${server.issuer}/clients/new/zapier`);
      await signIn(page);
      await page.getByLabel('OAuth Redirect URL').fill('https://zapier.com/dashboard/auth/oauth/return/App1/');
      const note = () => ofOwnApi(page).evaluate(afterIt);
      expect([await box(page).isVisible(), await note()]).toEqual([false, 'none']);
      await ofOwnApi(page).press('Enter');
      await box(page).check();
      expect(await note()).toBe('none');
      await ofOwnApi(page).press('Enter');
      expect([await box(page).isVisible(), await note(), await layoutProblems(page)]).toEqual([false, '"Some are ticked."', []]);

      await page.getByRole('button', { name: 'Create the app' }).click();
      expect(await page.getByLabel('Scope', { exact: true }).inputValue()).toContain('clients:read');
      await page.getByRole('link', { name: 'I have kept the secret' }).click();
      await page.getByRole('link', { name: 'Edit' }).click();
      expect([await box(page).isVisible(), await box(page).isChecked()]).toEqual([true, true]);
      await page.context().close();
    },
  );
});

/** In the page: what the stylesheet adds to an element. */
const afterIt = (element: Element) => getComputedStyle(element, '::after').content;
