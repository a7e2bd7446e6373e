import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AfterTheAnswer } from '../../src/application/accounts/after-the-answer.js';
import { GiveLink } from '../../src/application/accounts/give-link.js';
import type { Mail } from '../../src/application/ports/mailer.js';
import { listeningServer, type TestServer } from '../support/test-server.js';
import { seriousProblems } from './axe.js';
import { describeInChromium, looks } from './chromium.js';
import { layoutProblems } from './layout-problems.js';

const email = 'grace@example.com';
const passwords = ['the first password of hers', 'the second password of hers', 'the third password of hers'] as const;
/** Set to a folder to see what the test saw. */
const shots = process.env.SCREENSHOTS;

describeInChromium('an account of one’s own', ({ open }) => {
  const mails: Mail[] = [];
  let server: TestServer;
  beforeAll(async () => {
    server = await listeningServer({ env: { REGISTRATION: 'true' }, mailer: { send: async (mail) => void mails.push(mail) } });
  });
  afterAll(() => server?.close());

  const at = (path: string) => `${server.issuer}${path}`;
  const press = (page: Page, name: string) => page.getByRole('button', { name }).click();
  const linkInTheMail = async () => {
    await server.container.resolve(AfterTheAnswer).settled();
    return /https?:\S+account-link\S+/.exec(mails.at(-1)?.text ?? '')?.[0] ?? '';
  };
  const signIn = async (page: Page, password: string) => {
    await page.goto(at('/sign-in'));
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel('Password').fill(password);
    await press(page, 'Sign in');
  };
  const isSignedIn = async (page: Page) => {
    await page.goto(at('/account'));
    return new URL(page.url()).pathname === '/account';
  };

  it('is made by a mailed link, changed, and won back, and each time the other browsers are signed out', async () => {
    const [page, other] = [await (await open()).newPage(), await (await open({ width: 360 })).newPage()];
    await page.goto(at('/sign-in'));
    await page.getByRole('link', { name: 'Create an account' }).click();
    await page.getByLabel('E-mail address').fill(email);
    await press(page, 'Send me the link');
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
    await page.goto(await linkInTheMail());
    expect(page.url()).toBe(at('/choose-password'));
    await page.getByLabel('Password').fill('password');
    await press(page, 'Create the account');
    expect(await page.getByText('tried first').count()).toBe(1);
    await page.getByLabel('Password').fill(passwords[0]);
    await press(page, 'Create the account');
    await page.getByRole('link', { name: 'Sign in' }).click();

    for (const one of [page, other]) await signIn(one, passwords[0]);
    expect([await isSignedIn(page), await isSignedIn(other)]).toEqual([true, true]);
    await page.getByRole('link', { name: 'Change your password' }).click();
    await page.getByLabel('Current password').fill(passwords[0]);
    await page.getByLabel('New password').fill(passwords[1]);
    await press(page, 'Change the password');
    expect(await page.getByText('Your password is changed').count()).toBe(1);
    expect([await isSignedIn(page), await isSignedIn(other)]).toEqual([true, false]);

    await other.goto(at('/sign-in'));
    await other.getByRole('link', { name: 'Forgot your password?' }).click();
    await other.getByLabel('E-mail address').fill(email);
    await press(other, 'Send me the link');
    await other.goto(await linkInTheMail());
    await other.getByLabel('Password').fill(passwords[2]);
    await press(other, 'Set the password');
    await signIn(other, passwords[2]);
    expect([await isSignedIn(page), await isSignedIn(other)]).toEqual([false, true]);
    for (const one of [page, other]) await one.context().close();
  });

  it.each(looks)('has pages in which axe finds nothing serious ($colorScheme, $width)', async (look) => {
    const page = await (await open(look, { javaScriptEnabled: true })).newPage();
    const looksRight = async (name: string) => {
      if (shots) mkdirSync(shots, { recursive: true });
      if (shots) await page.screenshot({ path: `${shots}/${name}-${look.colorScheme}-${look.width}.png`, fullPage: true });
      expect([name, await seriousProblems(page, look)]).toEqual([name, []]);
      expect([name, await layoutProblems(page)]).toEqual([name, []]);
    };
    for (const path of ['/sign-in', '/register', '/forgot-password']) {
      await page.goto(at(path));
      await looksRight(path.slice(1));
    }
    await page.goto((await server.container.resolve(GiveLink).execute({ email: 'ada@example.com' })).address);
    await looksRight('choose-password');
    await page.getByLabel('Password').fill('password');
    await press(page, 'Set the password');
    await looksRight('choose-password-again');
    await page.goto(at('/account-link?token=spent'));
    await looksRight('link-spent');
    await page.goto(at('/forgot-password'));
    await page.getByLabel('E-mail address').fill('somebody@example.com');
    await press(page, 'Send me the link');
    await looksRight('look-into-your-mail');
    await page.goto(at('/sign-in'));
    await page.getByLabel('E-mail address').fill('ada@example.com');
    await page.getByLabel('Password').fill('correct horse battery staple');
    await press(page, 'Sign in');
    await page.goto(at('/account'));
    await looksRight('account');
    await page.goto(at('/account/password'));
    await looksRight('change-password');
    await page.context().close();
  });
});
