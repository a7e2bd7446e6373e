import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { CreateUser } from '../../src/application/people/create-user.js';
import { listeningServer, type TestServer, testPerson } from '../support/test-server.js';
import { allow, awkwardState, deny, journey, signIn } from './authorization-journey.js';
import { describeInChromium, looks } from './chromium.js';
import { type ClientSite, clientSite } from './client-site.js';
import { layoutProblems } from './layout-problems.js';

const other = { email: 'grace@example.com', password: 'another fine passphrase' };

describeInChromium('authorization in a browser without JavaScript', ({ open }) => {
  let server: TestServer;
  let site: ClientSite;
  let clientId: string;
  let secret: string;

  beforeAll(async () => {
    server = await listeningServer();
    site = await clientSite();
    await server.container.resolve(CreateUser).execute({ actor: 'operator', ...other });
  });
  afterAll(async () => {
    await server?.close();
    await site?.close();
  });
  beforeEach(async () => {
    const created = await server.createClient({ name: 'Ledger', homepageUri: 'https://ledger.example', redirectUris: [site.callback] });
    [clientId, secret] = [created.client.id, created.secret as string];
  });

  const ask = () => journey(server, { clientId, redirectUri: site.callback });
  const arrival = (page: Page) => page.waitForURL((url) => url.origin === site.origin);

  it.each(looks)('takes a person to the client and back ($colorScheme, $width)', async (look) => {
    const context = await open(look);
    const page = await context.newPage();
    const asked = ask();
    await page.goto(asked.start);
    expect(await page.title()).toContain('Ledger');
    expect(await layoutProblems(page)).toEqual([]);
    await signIn(page);

    const text = await page.getByRole('main').textContent();
    for (const part of ['Ledger', 'ledger.example', 'See your user name', 'See your e-mail address', testPerson.email, new URL(site.origin).host])
      expect(text).toContain(part);
    expect(await layoutProblems(page)).toEqual([]);

    await allow(page).click();
    await arrival(page);
    const query = new URL(page.url()).searchParams;
    // RFC 6749 §4.1.2: "The exact value received from the client"; RFC 9207 §2: the issuer as in the metadata.
    expect([...query.keys()].sort()).toEqual(['code', 'iss', 'state']);
    expect([query.get('state'), query.get('iss')]).toEqual([awkwardState, server.issuer]);
    const { status, body } = await asked.exchange(page.url(), secret);
    expect([status, body.scope]).toEqual([200, 'profile email']);
    expect((await asked.me(body.access_token as string)).body.email).toBe(testPerson.email);
    await context.close();
  });

  it('tells the client that the person denied it (RFC 6749 §4.1.2.1)', async () => {
    const page = await (await open()).newPage();
    await page.goto(ask().start);
    await signIn(page);
    await deny(page).click();
    await arrival(page);
    const query = new URL(page.url()).searchParams;
    expect([query.get('error'), query.get('state'), query.get('iss'), query.get('code')]).toEqual(['access_denied', awkwardState, server.issuer, null]);
    await page.context().close();
  });

  it('denies, never allows, when the Enter key is pressed on the consent page', async () => {
    const page = await (await open()).newPage();
    await page.goto(ask().start);
    await signIn(page);
    const first = page.locator('form.form button').first();
    await first.focus();
    await page.keyboard.press('Enter');
    await arrival(page);
    expect(new URL(page.url()).searchParams.get('error')).toBe('access_denied');
    await page.context().close();
  });

  it('keeps the e-mail address, and not the password, after a wrong password', async () => {
    const page = await (await open()).newPage();
    await page.goto(ask().start);
    await signIn(page, { email: testPerson.email, password: 'wrong' });
    expect(await page.getByRole('alert').textContent()).toContain('do not go together');
    expect(await page.getByLabel('E-mail address').inputValue()).toBe(testPerson.email);
    expect(await page.getByLabel('Password').inputValue()).toBe('');
    await signIn(page);
    await allow(page).click();
    await arrival(page);
    expect(new URL(page.url()).searchParams.get('code')).not.toBeNull();
    await page.context().close();
  });

  it('does not ask twice for the same', async () => {
    const page = await (await open()).newPage();
    await page.goto(ask().start);
    await signIn(page);
    await allow(page).click();
    await arrival(page);
    await page.goto(ask().start);
    expect(new URL(page.url()).origin).toBe(site.origin);

    await page.goto(journey(server, { clientId, redirectUri: site.callback, scope: 'profile email offline_access' }).start);
    expect(await page.getByRole('main').textContent()).toContain('Keep working for you');
    await page.context().close();
  });

  it('hands a good code to whoever clicks Allow twice', async () => {
    const page = await (await open()).newPage();
    const asked = ask();
    await page.goto(asked.start);
    await signIn(page);

    // The answer to the first click stays away until the second has brought the person to the client.
    const { consents } = server.storage;
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const heard = vi.spyOn(consents, 'give').mockImplementationOnce(() => released);
    const box = await allow(page).boundingBox();
    const click = () => page.mouse.click((box?.x ?? 0) + 10, (box?.y ?? 0) + 10);
    await click();
    await expect.poll(() => heard.mock.calls.length).toBe(1);
    await click();
    // Not by waiting for a navigation: the first one is cut short by the second click, which is no failure here.
    await expect.poll(() => new URL(page.url()).origin, { timeout: 20_000 }).toBe(site.origin);
    release();
    expect(heard).toHaveBeenCalledTimes(2);
    heard.mockRestore();
    const { status, body } = await asked.exchange(page.url(), secret);
    expect(status).toBe(200);
    expect((await asked.me(body.access_token as string)).status).toBe(200);
    await page.context().close();
  });

  it('is kind to the back button after Allow, and to Allow in a second tab', async () => {
    const context = await open();
    const [page, tab] = [await context.newPage(), await context.newPage()];
    const asked = ask();
    await page.goto(asked.start);
    await signIn(page);
    await tab.goto(page.url());
    await allow(page).click();
    await arrival(page);
    const first = await asked.exchange(page.url(), secret);

    await allow(tab).click();
    await arrival(tab);
    const again = await asked.exchange(tab.url(), secret);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect((await asked.me(first.body.access_token as string)).status).toBe(200);

    await page.goBack();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('You have already answered');
    await context.close();
  });

  it('lets a person switch to another account before they decide', async () => {
    const page = await (await open()).newPage();
    const asked = ask();
    await page.goto(asked.start);
    await signIn(page);
    await page.getByRole('button', { name: 'Not you? Switch account' }).click();
    await signIn(page, other);
    expect(await page.getByRole('main').textContent()).toContain(other.email);
    await allow(page).click();
    await arrival(page);
    const { body } = await asked.exchange(page.url(), secret);
    expect((await asked.me(body.access_token as string)).body.email).toBe(other.email);
    await page.context().close();
  });

  it('shows the page anew where somebody else signed in meanwhile', async () => {
    const context = await open();
    const [page, tab] = [await context.newPage(), await context.newPage()];
    await page.goto(ask().start);
    await signIn(page);
    await tab.goto(page.url());
    await tab.getByRole('button', { name: 'Not you? Switch account' }).click();
    await signIn(tab, other);
    await allow(page).click();
    expect(new URL(page.url()).origin).toBe(server.issuer);
    expect(await page.getByRole('main').textContent()).toContain(other.email);
    await context.close();
  });
});
