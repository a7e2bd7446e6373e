import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AfterTheAnswer } from '../../src/application/accounts/after-the-answer.js';
import { GiveLink } from '../../src/application/accounts/give-link.js';
import type { Mail } from '../../src/application/ports/mailer.js';
import { type Browser, formOf } from '../support/browser.js';
import { OAuthCaller } from '../support/oauth.js';
import { pkce } from '../support/pkce.js';
import { type TestServer, testPerson, testServer } from '../support/test-server.js';

const mails: Mail[] = [];
let world: TestServer;
let caller: OAuthCaller;
let browser: Browser;
const chosen = 'a password of their own';

beforeAll(async () => {
  world = await testServer({ env: { REGISTRATION: 'true', TRUST_PROXY: 'true' }, mailer: { send: async (mail) => void mails.push(mail) } });
  caller = new OAuthCaller(world);
});
afterAll(() => world.close());
beforeEach(() => {
  mails.length = 0;
  browser = caller.browser();
});

let strangers = 0;
async function ask(path: string, email: string) {
  const { action, fields } = formOf(await browser.open(path), /^\/(register|forgot-password)/);
  const page = await browser.post(action, { ...fields, email }, { 'x-forwarded-for': `2001:db8:7:${(++strangers).toString(16)}::1` });
  await world.container.resolve(AfterTheAnswer).settled();
  return page;
}
const linkIn = (mail: Mail | undefined) => /https?:\S+\/account-link\?token=\S+/.exec(mail?.text ?? '')?.[0] ?? '';
const choose = async (link: string, password = chosen) => browser.submit(await browser.open(link), /^\/choose-password/, { password });

describe('Registering', () => {
  it('goes by a link in a mail to a password, and back to the app that waits', async () => {
    const app = await world.createClient({ redirectUris: [caller.callback] });
    const { challenge } = pkce();
    const signIn = await browser.open(caller.authorizationUrl(app, { code_challenge: challenge, code_challenge_method: 'S256' }));
    const href = /href="(\/register[^"]*)"/.exec(signIn.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(href).toContain('request=');
    expect((await ask(href, 'Grace@Example.com')).text).toContain('Look into your mail');
    expect(mails).toMatchObject([{ to: 'grace@example.com', subject: expect.stringContaining('Confirm your address') }]);
    const done = await choose(linkIn(mails[0]));
    const next = /href="(\/sign-in[^"]*)"/.exec(done.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const consent = await browser.signIn(next, { email: 'grace@example.com', password: chosen });
    expect(consent.text).toContain('wants to act for you');
  });

  it.each([
    ['words', 'a request that is none'],
    ['10,000 characters', 'x'.repeat(10_000)],
  ])('keeps nothing of what is no request: %s', async (_, request) => {
    const path = `/register?request=${encodeURIComponent(request)}`;
    expect(formOf(await browser.open(path), /^\/register/).action.search).toBe('');
    const email = `${request.length}@example.com`;
    const { fields } = formOf(await browser.open('/register'), /^\/register/);
    await browser.post(path, { ...fields, email }, { 'x-forwarded-for': `2001:db8:7:${(++strangers).toString(16)}::1` });
    await world.container.resolve(AfterTheAnswer).settled();
    expect((await choose(linkIn(mails[0]))).text).toContain('href="/sign-in"');
  });

  it('shows the same whether the address has an account or not; only the mail says it', async () => {
    const shown = async (email: string) => {
      const page = await ask('/register', email);
      return {
        status: page.status,
        text: page.text.replaceAll(email, 'EMAIL'),
        headers: [...page.headers].filter(([name]) => !['date', 'content-length'].includes(name)),
      };
    };
    expect(await shown(testPerson.email)).toEqual(await shown('new@example.com'));
    expect(mails.map(({ to, subject }) => [to, subject.split(' at ')[0]])).toEqual([
      [testPerson.email, 'You have an account'],
      ['new@example.com', 'Confirm your address'],
    ]);
    expect(mails[0]?.text).not.toContain('account-link');
  });

  it('makes no account until the link is used, and none by opening it', async () => {
    await ask('/register', 'later@example.com');
    await browser.open(linkIn(mails[0]));
    expect(await world.storage.users.findByEmail('later@example.com')).toBeNull();
    await choose(linkIn(mails[0]));
    expect(await world.storage.users.findByEmail('later@example.com')).toMatchObject({ username: 'later', admin: false });
  });

  it('is not offered unless REGISTRATION says so', async () => {
    const closed = await testServer();
    const visitor = new OAuthCaller(closed).browser();
    expect((await visitor.open('/register')).status).toBe(404);
    expect((await visitor.open('/sign-in')).text).not.toContain('/register');
    await closed.close();
  });
});

describe('A forgotten password', () => {
  it('is replaced by a link in a mail, which leaves no token in any address but its own', async () => {
    await ask('/forgot-password', testPerson.email);
    const link = linkIn(mails[0]);
    const opened = await browser.request(link);
    expect(opened.status).toBe(303);
    expect(opened.headers.get('location')).toBe('/choose-password');
    expect(opened.headers.get('referrer-policy')).toBe('no-referrer');
    expect(opened.headers.get('cache-control')).toBe('no-store');
    expect((await choose(link)).text).toContain('Your password is set');
    expect(world.log.join('')).not.toContain(new URL(link).searchParams.get('token'));
    expect((await browser.open(link)).status).toBe(410);
    await browser.signIn('/sign-in', { email: testPerson.email, password: chosen });
    expect((await browser.open('/')).text).toContain(testPerson.email);
  });

  it('is not mailed about more than a few times an hour, and nobody is told', async () => {
    const pages: string[] = [];
    for (let at = 0; at < 8; at += 1) pages.push((await ask('/forgot-password', 'often@example.com')).text.replace(/csrf.*/g, ''));
    expect(mails).toHaveLength(5);
    expect(new Set(pages).size).toBe(1);
  });

  it('shows what is wrong with the new one, and takes a better', async () => {
    const { address: link } = await world.container.resolve(GiveLink).execute({ email: testPerson.email });
    const page = await choose(link, 'password');
    expect(page.status).toBe(422);
    expect(page.text).toContain('tried first');
    expect((await choose(link, 'another fine password')).status).toBe(200);
  });
});

describe('Changing the password', () => {
  it('takes the current one and signs out everywhere else', async () => {
    const people = { email: 'mary@example.com', password: testPerson.password };
    await ask('/register', people.email);
    await choose(linkIn(mails[0]), people.password);
    const other = caller.browser();
    for (const one of [browser, other]) await one.signIn('/sign-in', people);
    const form = await browser.open('/account/password');
    expect((await browser.submit(form, /^\/account\/password/, { current: 'wrong', password: chosen })).status).toBe(422);
    const done = await browser.submit(form, /^\/account\/password/, { current: people.password, password: chosen });
    expect(done.text).toContain('Your password is changed');
    expect((await other.open('/account')).url.pathname).toBe('/sign-in');
    expect((await browser.open('/account')).url.pathname).toBe('/account');
  });
});
