import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { budgets } from '../../src/application/attempts/budgets.js';
import { CreateUser } from '../../src/application/people/create-user.js';
import { formOf } from '../support/browser.js';
import { basic, OAuthCaller } from '../support/oauth.js';
import { pkce } from '../support/pkce.js';
import { type TestServer, testPerson, testServer } from '../support/test-server.js';
import { overInject } from '../support/transport.js';

let world: TestServer;
let caller: OAuthCaller;
let from = 0;

/** Behind a proxy, so that the test can choose the address. */
beforeAll(async () => {
  world = await testServer({ env: { TRUST_PROXY: 'true' } });
  caller = new OAuthCaller(world);
});
afterAll(() => world.close());
beforeEach(() => {
  from += 1;
});

/** A form of somebody at an address of this test that never was seen before, unless it is named. */
let strangers = 0;
async function signInFrom(address: string | null, email: string, password: string, browser = caller.browser()) {
  const { fields } = formOf(await browser.open('/sign-in'), /^\/sign-in/);
  const headers = { 'x-forwarded-for': address ?? `2001:db8:${from.toString(16)}:${(++strangers).toString(16)}::1` };
  return browser.post('/sign-in', { ...fields, email, password }, headers);
}

describe('Wrong passwords at one account, from many addresses', () => {
  it('are soon not looked at any more, and that is said on a page with a time to come back', async () => {
    for (let at = 0; at < budgets.account.attempts; at += 1) expect((await signInFrom(null, 'first@example.com', 'wrong')).status).toBe(401);
    const page = await signInFrom(null, 'first@example.com', 'wrong');
    expect(page.status).toBe(429);
    expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(600);
    expect(page.text).toContain('Too many attempts');
    expect(page.text).toMatch(/paused for 1[0-9] minutes/);
  });

  it('are answered alike, by status, headers and text, whether the account exists or not', async () => {
    const shape = async (email: string) => {
      const page = await signInFrom(null, email, 'wrong');
      const headers = [...page.headers].filter(([name]) => !['set-cookie', 'date', 'content-length'].includes(name));
      return { status: page.status, headers, text: page.text.replaceAll(email, 'EMAIL').replace(/name="_csrf" value="[^"]*"/, '') };
    };
    for (let at = 0; at < budgets.account.attempts + 3; at += 1) {
      const [known, unknown] = [await shape(testPerson.email), await shape('nobody@example.com')];
      expect(known.status).toBe(at < budgets.account.attempts ? 401 : 429);
      const wait = (headers: [string, string][]) => headers.map(([name, value]) => [name, name === 'retry-after' ? Math.round(Number(value) / 10) : value]);
      expect({ ...known, headers: wait(known.headers) }).toEqual({ ...unknown, headers: wait(unknown.headers) });
    }
  });

  it('do not keep out a browser that was signed in before, though it signed out', async () => {
    const other = await testServer({ env: { TRUST_PROXY: 'true' } });
    const visitor = new OAuthCaller(other).browser();
    await visitor.signIn();
    await visitor.submit(await visitor.open('/'), /^\/sign-out/);
    const attacker = new OAuthCaller(other);
    for (let at = 0; at < 30; at += 1) await signInFrom(null, testPerson.email, 'wrong', attacker.browser());
    expect((await signInFrom(null, testPerson.email, testPerson.password, attacker.browser())).status).toBe(429);
    await visitor.signIn();
    expect((await visitor.open('/')).text).toContain(testPerson.email);
    await other.close();
  });
});

it('believes no X-Forwarded-For unless TRUST_PROXY says so', async () => {
  const plain = await testServer();
  const browser = new OAuthCaller(plain).browser();
  for (let at = 0; at < budgets.address.attempts; at += 1) await signInFrom(null, `person${at}@example.com`, 'wrong', browser);
  expect((await signInFrom(null, 'another@example.com', 'wrong', browser)).status).toBe(429);
  await plain.close();
});

describe('Authorization requests of people who are not signed in', () => {
  it('are kept up to a number for one address; those of people who are signed in go on', async () => {
    const app = await world.createClient({ redirectUris: [caller.callback] });
    const { challenge } = pkce();
    const address = caller.authorizationUrl(app, { code_challenge: challenge, code_challenge_method: 'S256' });
    const headers = { 'x-forwarded-for': '198.51.100.77' };
    const send = overInject(world.server);
    for (let at = 0; at < budgets.authorizationRequests.attempts; at += 1) expect((await send(address, { headers })).status).toBe(303);
    const refused = await send(address, { headers });
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    expect((await send(address, { headers: { 'x-forwarded-for': '198.51.100.78' } })).status).toBe(303);
    const bea = { email: 'bea@example.com', password: testPerson.password };
    await world.container.resolve(CreateUser).execute({ actor: 'operator', ...bea });
    const browser = caller.browser();
    await browser.signIn('/sign-in', bea);
    expect((await browser.request(address, { headers })).status).toBe(200);
  });
});

describe('A client that fails to authenticate', () => {
  const { attempts } = budgets.client;

  it('is told to wait after so many failures, and is let in all the same once it is right (RFC 6749 §5.2)', async () => {
    const app = await world.createClient({ grantTypes: ['client_credentials'], redirectUris: [] });
    const other = await world.createClient({ grantTypes: ['client_credentials'], redirectUris: [] });
    const send = (client: { id: string }, secret: string) => caller.token({ grant_type: 'client_credentials' }, basic(client.id, secret));
    for (let at = 0; at < attempts; at += 1) expect((await send(app, 'wrong')).status).toBe(401);
    const response = await caller.send('/oauth/token', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...basic(app.id, 'wrong') },
      body: 'grant_type=client_credentials',
    });
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    expect(await response.json()).toEqual({ error: 'invalid_client', error_description: expect.stringContaining('too often; try again in') });
    expect((await send(app, app.secret)).status).toBe(200);
    expect((await send(other, 'wrong')).status).toBe(401);
    expect((await send(other, other.secret)).status).toBe(200);
  });

  it('is counted as one, whatever client ids it makes up', async () => {
    const statuses: number[] = [];
    for (let at = 0; at < attempts + 1; at += 1)
      statuses.push((await caller.token({ grant_type: 'client_credentials' }, basic(`made-up-${at}`, 'wrong'))).status);
    expect(statuses.slice(0, attempts)).toEqual(Array(attempts).fill(401));
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('What strangers can begin from one address', () => {
  it('is limited at providers, and says so with a way back', async () => {
    const acme = { id: 'acme', name: 'Acme', issuer: 'http://127.0.0.1:9', client_id: 'keywright' };
    const own = await testServer({ env: { SIGN_IN_PROVIDERS: JSON.stringify([acme]) } });
    const browser = new OAuthCaller(own).browser();
    const { action, fields } = formOf(await browser.open('/sign-in'), /^\/sign-in\/with/);
    const { attempts } = budgets.upstreamSignIns;
    const pages = [];
    for (let at = 0; at <= attempts; at += 1) pages.push(await browser.post(action, fields));
    expect(pages.slice(0, attempts).every(({ status }) => status === 503)).toBe(true);
    expect(pages.at(-1)?.status).toBe(429);
    expect(pages.at(-1)?.text).toContain('href="/sign-in"');
    expect((await browser.signIn()).status).toBe(200);
    await own.close();
  });
});
