import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser, formOf } from '../../support/browser.js';
import { type TestServer, testServer } from '../../support/test-server.js';
import { overInject } from '../../support/transport.js';
import { type APerson, aPerson } from '../a-person.js';

const password = 'a long enough password';
const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const safari = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';

let world: TestServer;
let ada: APerson;
let count = 0;

/** Another browser of the same person, that says what it is. */
async function another(userAgent: string): Promise<Browser> {
  // Sessions of one millisecond have no order.
  world.clock.pass(1);
  const send = overInject(world.server);
  const browser = new Browser((url, message = {}) => send(url, { ...message, headers: { ...message.headers, 'user-agent': userAgent } }), world.issuer);
  await browser.signIn('/sign-in', { email: ada.user.email, password });
  return browser;
}
const isSignedIn = async (browser: Browser) => (await browser.open('/account')).url.pathname === '/account';
const ends = (text: string) => [...text.matchAll(/action="(\/account\/sessions\/[^"]+\/end)"/g)].map(([, path = '']) => path);

beforeAll(async () => {
  world = await testServer();
});
beforeEach(async () => {
  count += 1;
  ada = await aPerson(world, `ada${count}@account.example`);
});
afterAll(() => world.close());

describe('The account page', () => {
  it('says who one is and where one is signed in: the browser, from where, how, and which is this one', async () => {
    await another(firefox);
    await another(safari);
    const { text } = await ada.open('/account');
    for (const words of [ada.user.email, 'Firefox on Windows', 'Safari on iPhone', 'An unknown browser', '127.0.0.1', 'with your password'])
      expect(text).toContain(words);
    expect(text.split('This browser').length - 1).toBe(1);
    expect(ends(text)).toHaveLength(2);
    expect(text).toContain('aria-current="page">Your account');
  });

  it('offers to end nothing else where there is nothing else', async () => {
    const { text } = await ada.open('/account');
    expect([ends(text), text.includes('Sign out everywhere else')]).toEqual([[], false]);
  });

  it('signs another browser out, and that one only', async () => {
    const phone = await another(safari);
    const other = await another(firefox);
    const [, own] = ends((await ada.open('/account')).text);
    const page = await ada.fill('/account', {}, new RegExp(`^${own}$`));
    expect([page.url.pathname, page.text.includes('That browser is signed out')]).toEqual(['/account', true]);
    expect([await isSignedIn(phone), await isSignedIn(other), await isSignedIn(ada.browser)]).toEqual([false, true, true]);
    expect(page.text).not.toContain('Safari on iPhone');
  });

  it('signs out everywhere else', async () => {
    const others = [await another(safari), await another(firefox)];
    const page = await ada.fill('/account', {}, /end-others$/);
    expect(page.text).toContain('You are signed out everywhere else');
    expect([await isSignedIn(ada.browser), ...(await Promise.all(others.map(isSignedIn)))]).toEqual([true, false, false]);
  });

  it('ends nobody else’s session, and does not say whether there is one', async () => {
    const bob = await aPerson(world, `bob${count}@account.example`);
    const phone = await another(safari);
    const [path = ''] = ends((await ada.open('/account')).text);
    const _csrf = await bob.csrf();
    const theirs = await bob.browser.post(path, { _csrf });
    const none = await bob.browser.post('/account/sessions/nothing/end', { _csrf });
    expect([theirs.status, none.status, theirs.url.href]).toEqual([200, 200, none.url.href]);
    expect(await isSignedIn(phone)).toBe(true);
  });

  it('is pressed twice without harm', async () => {
    const phone = await another(safari);
    const form = formOf(await ada.open('/account'), /\/end$/);
    for (let times = 0; times < 2; times += 1) expect((await ada.browser.post(form.action, form.fields)).status).toBe(200);
    expect(await isSignedIn(phone)).toBe(false);
  });

  it.each(['/account/sessions/x/end', '/account/sessions/end-others'])('%s needs the token of our form, and somebody signed in', async (path) => {
    const phone = await another(safari);
    expect((await ada.browser.post(path, {})).status).toBe(403);
    expect((await ada.browser.post(path, { _csrf: await (await aPerson(world, `eve${count}${path.length}@account.example`)).csrf() })).status).toBe(403);
    expect(await isSignedIn(phone)).toBe(true);

    const stranger = new Browser(overInject(world.server), world.issuer);
    const _csrf = formOf(await stranger.open('/sign-in'), /^\/sign-in/).fields._csrf ?? '';
    const page = await stranger.post(path, { _csrf });
    expect(page.url.pathname).toBe('/sign-in');
    expect((await stranger.submit(page, /^\/sign-in/, { email: ada.user.email, password })).url.pathname).toBe('/account');
  });

  it('shows ever so many a page at a time', async () => {
    for (let times = 0; times < 26; times += 1) await another(firefox);
    const { text } = await ada.open('/account');
    expect(ends(text)).toHaveLength(25);
    const next = /href="(\/account\?after=[^"]+)"/.exec(text)?.[1] ?? '';
    const rest = await ada.open(next.replaceAll('&amp;', '&'));
    expect([ends(rest.text).length, rest.text.split('This browser').length - 1]).toEqual([1, 1]);
  });
});
