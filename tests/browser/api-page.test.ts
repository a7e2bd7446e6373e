import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listeningServer, type TestServer } from '../support/test-server.js';
import { describeInChromium, type Look } from './chromium.js';

describeInChromium('the page at /api, without JavaScript', ({ open }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await listeningServer();
  });
  afterAll(() => server?.close());

  const opened = async (address: string, look: Partial<Look> = {}): Promise<Page> => {
    const page = await (await open(look)).newPage();
    await page.goto(`${server.issuer}${address}`);
    return page;
  };
  const lines = (page: Page) => page.locator('details[open] > summary h3').allTextContents();
  const inSight = (page: Page, text: string) =>
    expect.poll(async () => (await page.getByRole('heading', { name: text, exact: true }).boundingBox())?.y).toSatisfy((y) => y >= 0 && y < 400);

  it.each([360, 1280] as const)('opens the operation that an address names, its line in sight (%s)', async (width) => {
    const page = await opened('/api#createClient', { width });
    await expect.poll(() => lines(page)).toEqual(['Register a client']);
    await inSight(page, 'Register a client');
    await page.getByRole('link', { name: 'CreatedClient', exact: true }).click();
    await expect.poll(() => lines(page)).toEqual(['Register a client', 'CreatedClient']);
    await inSight(page, 'CreatedClient');
    await page.context().close();
  });

  it('opens the line in which words are that somebody looks for', async () => {
    const page = await opened('/api#:~:text=compared%20exactly%3B%20up%20to%2050');
    await expect.poll(() => lines(page)).toHaveLength(1);
    expect(await page.getByText('compared exactly; up to 50').first().isVisible()).toBe(true);
    await page.context().close();
  });

  it('opens and closes a line by the keyboard, and all of them by a button', async () => {
    const page = await opened('/api');
    await page.locator('summary', { hasText: 'Register a client' }).focus();
    for (const count of [1, 0]) {
      await page.keyboard.press('Enter');
      await expect.poll(() => lines(page)).toHaveLength(count);
    }
    await page.getByRole('link', { name: 'Open all' }).click();
    await page.waitForURL('**/api?open=all');
    const all = await page.locator('summary').count();
    expect(await lines(page)).toHaveLength(all);
    await page.getByRole('link', { name: 'Close all' }).click();
    await page.waitForURL('**/api');
    expect(await page.locator('summary').count()).toBe(all);
    expect(all).toBeGreaterThan(0);
    expect(await lines(page)).toEqual([]);
    await page.context().close();
  });
});
