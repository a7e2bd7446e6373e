import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listeningServer, type TestServer } from '../support/test-server.js';
import { signIn } from './authorization-journey.js';
import { describeInChromium } from './chromium.js';

const phone = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36';

describeInChromium('the account page', ({ open }) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await listeningServer();
  });
  afterAll(() => server?.close());

  const heading = async (page: Page) => {
    await page.goto(`${server.issuer}/account`);
    return page.getByRole('heading', { level: 1 }).textContent();
  };
  const signedIn = async (page: Page) => {
    await page.goto(`${server.issuer}/sign-in`);
    await signIn(page);
    return page;
  };

  it('signs another browser out, which finds itself at the sign-in page and comes back from there', async () => {
    const here = await signedIn(await (await open()).newPage());
    const there = await signedIn(await (await open({ width: 360 }, { userAgent: phone })).newPage());
    expect(await heading(there)).toBe('Your account');

    await here.goto(`${server.issuer}/account`);
    const row = here.getByRole('row', { name: 'Chrome on Android' });
    expect(await row.textContent()).toContain('127.0.0.1');
    await row.getByRole('button', { name: 'Sign out' }).click();
    expect(await here.getByRole('main').textContent()).toContain('That browser is signed out');
    expect(await here.getByRole('row', { name: 'Chrome on Android' }).count()).toBe(0);

    expect(await heading(there)).toContain('Sign in');
    await signIn(there);
    expect(new URL(there.url()).pathname).toBe('/account');

    await here.goto(`${server.issuer}/account`);
    await here.getByRole('button', { name: 'Sign out everywhere else' }).click();
    expect(await heading(there)).toContain('Sign in');
    expect(await heading(here)).toBe('Your account');
    for (const page of [here, there]) await page.context().close();
  });
});
