import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CreateUser } from '../../src/application/people/create-user.js';
import { mintToken } from '../../src/domain/tokens/opaque-token.js';
import { outageText } from '../../src/interfaces/http/outage-text.js';
import { type Browser, formOf, type Page } from '../support/browser.js';
import { type FlakyStorage, flakyStorage } from '../support/flaky-storage.js';
import { credentialsOf, OAuthCaller, type TokenBody } from '../support/oauth.js';
import { pkce } from '../support/pkce.js';
import { type TestClient, type TestServer, testPerson, testServer } from '../support/test-server.js';
import { type TestStorage, testStorage } from '../support/test-storage.js';

const form = { 'content-type': 'application/x-www-form-urlencoded' };

let own: TestStorage;
let store: FlakyStorage;
let world: TestServer;
let caller: OAuthCaller;
let app: TestClient;
let tokens: TokenBody;
let browser: Browser;
let consent: Page;

beforeAll(async () => {
  own = await testStorage();
  store = flakyStorage(own.storage);
  world = await testServer({ storage: store.storage });
  await world.container.resolve(CreateUser).execute({ actor: 'operator', ...testPerson });
  caller = new OAuthCaller(world);
  app = await world.createClient({ redirectUris: [caller.callback], grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'] });
  tokens = await caller.tokens(app);
  browser = caller.browser();
  await browser.signIn();
});
beforeEach(async () => {
  consent = await browser.open(authorize({ prompt: 'consent' }));
});
afterAll(async () => {
  await world.close();
  await own.close();
});

function authorize(parameters: Record<string, string> = {}): string {
  const { challenge } = pkce();
  return caller.authorizationUrl(app, { code_challenge: challenge, code_challenge_method: 'S256', state: 'xyz', ...parameters });
}

async function during<T>(state: 'away' | 'broken', work: () => Promise<T>): Promise<T> {
  store.become(state);
  try {
    return await work();
  } finally {
    store.become('well');
  }
}

const posted = (fields: Record<string, string>) => ({ method: 'POST', headers: form, body: new URLSearchParams(fields).toString() });
/** In the form of ours, so that only the store can tell that there is none. */
const unknown = (kind: 'ac' | 'rt') => mintToken(kind, new Date()).token;
const forClients: [string, () => Promise<Response>, number][] = [
  [
    'pushed authorization request',
    () => caller.send('/oauth/par', posted({ ...Object.fromEntries(new URL(authorize()).searchParams), ...credentialsOf(app) })),
    201,
  ],
  ['token, client_credentials', () => caller.send('/oauth/token', posted({ grant_type: 'client_credentials', ...credentialsOf(app) })), 200],
  [
    'token, authorization_code',
    () => caller.send('/oauth/token', posted({ grant_type: 'authorization_code', code: unknown('ac'), ...credentialsOf(app) })),
    400,
  ],
  [
    'token, refresh_token',
    () => caller.send('/oauth/token', posted({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token, ...credentialsOf(app) })),
    200,
  ],
  ['revoke', () => caller.send('/oauth/revoke', posted({ token: unknown('rt'), ...credentialsOf(app) })), 200],
  ['introspect', () => caller.send('/oauth/introspect', posted({ token: tokens.access_token, ...credentialsOf(app) })), 200],
  ['me', () => caller.send('/oauth/me', { headers: { authorization: `Bearer ${tokens.access_token}` } }), 200],
];
const decision = () => formOf(consent, /^\/consent\/[^/]+\/(?!switch)/);
const forPeople: [string, () => Promise<Response>, number][] = [
  ['start page', () => browser.request('/'), 200],
  ['authorize', () => browser.request(authorize({ prompt: 'consent' })), 200],
  ['authorize, nobody signed in', () => caller.send(authorize()), 303],
  ['sign-in page of a request', () => caller.send(`/sign-in?request=${decision().action.pathname.split('/')[2]}`), 200],
  ['sign-in', () => browser.request('/sign-in', posted({ ...decision().fields, email: 'eve@example.com', password: 'x' })), 401],
  ['consent page', () => browser.request(decision().action.pathname.split('/').slice(0, 3).join('/')), 200],
  ['decision', () => browser.request(decision().action, posted({ ...decision().fields, decision: 'allow' })), 303],
];

describe('While the store is away', () => {
  it.each(forClients)('a client is told to come back: %s; and then it goes on (RFC 6749 §4.1.2.1)', async (_, call, well) => {
    const response = await during('away', call);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({ error: 'temporarily_unavailable', error_description: outageText });
    expect((await call()).status).toBe(well);
  });

  it.each(forPeople)('a person is told on a page: %s; and then it goes on', async (_, call, well) => {
    const response = await during('away', call);
    const text = await response.text();
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(text).toContain('We will be right back');
    expect(text).not.toMatch(/10\.0\.0\.7|ECONN/);
    expect((await call()).status).toBe(well);
  });

  it('/readyz says no, /healthz and the metadata go on, and /readyz says yes again', async () => {
    await during('away', async () => {
      const notReady = await caller.send('/readyz');
      expect([notReady.status, await notReady.json()]).toEqual([503, { status: 'unavailable' }]);
      expect(notReady.headers.get('retry-after')).toMatch(/^\d+$/);
      for (const path of ['/healthz', '/.well-known/oauth-authorization-server']) expect((await caller.send(path)).status).toBe(200);
    });
    expect((await caller.send('/readyz')).status).toBe(200);
  });

  it('a code is not lost: it is exchanged when the store is back (RFC 6749 §4.1.3)', async () => {
    const fields = { ...caller.codeForm(await caller.code(app)), ...credentialsOf(app) };
    expect((await during('away', () => caller.token(fields))).status).toBe(503);
    expect(await caller.token(fields)).toMatchObject({ status: 200 });
  });

  it('nobody is signed out, neither a client nor a person', async () => {
    const own = await caller.tokens(app);
    const fields = { grant_type: 'refresh_token', refresh_token: own.refresh_token, ...credentialsOf(app) };
    expect((await during('away', () => caller.token(fields))).status).toBe(503);
    const refreshed = await caller.token(fields);
    expect(refreshed.status).toBe(200);
    expect(await caller.me(refreshed.body.access_token)).toMatchObject({ status: 200 });

    const cookies = new Map(browser.cookies);
    await during('away', () => browser.request('/'));
    expect(browser.cookies).toEqual(cookies);
    expect((await browser.open('/')).text).toContain(testPerson.email);
  });
});

describe('A failure that nobody foresaw', () => {
  it.each(forClients)('tells a client nothing but server_error: %s', async (_, call, well) => {
    const response = await during('broken', call);
    expect(response.status).toBe(500);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({ error: 'server_error', error_description: 'something went wrong here; nothing was issued' });
    expect((await call()).status).toBe(well);
  });

  it.each(forPeople)('tells a person nothing but where to find it in the log: %s', async (_, call, well) => {
    const response = await during('broken', call);
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(text).not.toMatch(/relation|10\.0\.0\.7|\.[jt]s:\d+/);
    const [, reference] = /<dt>Reference<\/dt><dd>([^<]+)/.exec(text) ?? [];
    expect(world.log.some((line) => line.includes(`"reqId":"${reference}"`) && line.includes('unexpected failure'))).toBe(true);
    expect((await call()).status).toBe(well);
  });
});
