import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CreateUser } from '../../src/application/people/create-user.js';
import { DeleteUser } from '../../src/application/people/delete-user.js';
import { DemoteUser } from '../../src/application/people/demote-user.js';
import { DisableUser } from '../../src/application/people/disable-user.js';
import { PromoteUser } from '../../src/application/people/promote-user.js';
import type { User } from '../../src/domain/people/user.js';
import { createPrismaStorage } from '../../src/infrastructure/prisma/create-prisma-storage.js';
import { type Browser, formOf } from '../support/browser.js';
import { credentialsOf, OAuthCaller } from '../support/oauth.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { type TestClient, type TestServer, testServer } from '../support/test-server.js';

const password = 'a long enough password';

let database: TestDatabase;
/** Two servers over one database, each with connections of its own. */
let here: TestServer;
let there: TestServer;
let app: TestClient;
let count = 0;

beforeAll(async () => {
  database = await testDatabase();
  const open = async () => testServer({ storage: createPrismaStorage({ databaseUrl: database.url, poolSize: 4 }) });
  [here, there] = [await open(), await open()];
  app = await here.createClient({ redirectUris: ['https://app.example/callback'] });
});
afterAll(async () => {
  for (const server of [here, there]) {
    await server?.close();
    await server?.storage.close();
  }
  await database?.drop();
});

/** Somebody who is signed in and lets an app act for them; what they hold was used on the other instance a moment ago. */
async function somebody() {
  count += 1;
  const email = `somebody${count}@example.com`;
  const user = await here.container.resolve(CreateUser).execute({ actor: 'operator', email, password });
  const caller = new OAuthCaller(there);
  const browser: Browser = caller.browser();
  await browser.signIn('/sign-in', { email, password });
  const exchange = async () => caller.token({ ...caller.codeForm(await caller.code(app, {}, browser)), ...credentialsOf(app) });
  const { body: tokens } = await exchange();
  const code = await caller.code(app, {}, browser);
  const me = async () => (await there.server.inject({ url: '/oauth/me', headers: { authorization: `Bearer ${tokens.access_token}` } })).statusCode;
  const refresh = async () => (await caller.token({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token, ...credentialsOf(app) })).status;
  const redeem = async () => (await caller.token({ ...caller.codeForm(code), ...credentialsOf(app) })).status;
  const isSignedIn = async () => (await browser.open('/account')).url.pathname === '/account';
  expect([await isSignedIn(), await me()]).toEqual([true, 200]);
  return { user, browser, me, refresh, redeem, isSignedIn };
}

const ends: [string, (user: User) => Promise<unknown>][] = [
  ['disabled', ({ id }) => here.container.resolve(DisableUser).execute({ actor: 'operator', user: { id } })],
  ['deleted', ({ id }) => here.container.resolve(DeleteUser).execute({ actor: 'operator', user: { id }, reason: 'revoked_by_operator' })],
];

describe.each(ends)('A person who is %s on one instance', (_, end) => {
  let person: Awaited<ReturnType<typeof somebody>>;
  beforeEach(async () => {
    person = await somebody();
    await end(person.user);
  });

  it('is signed out at the next request to another', async () => {
    expect(await person.isSignedIn()).toBe(false);
    const page = await person.browser.signIn('/sign-in', { email: person.user.email, password });
    expect(page.url.pathname).toBe('/sign-in');
  });

  it('has no access token there', async () => expect(await person.me()).toBe(401));
  it('has no refresh token there', async () => expect(await person.refresh()).toBe(400));
  it('has no authorization code there', async () => expect(await person.redeem()).toBe(400));
});

it('A person who deletes their own account on one instance is nobody on another', async () => {
  const person = await somebody();
  const page = await person.browser.open('/account/delete');
  expect(page.text).toContain('Delete your account?');
  const gone = await person.browser.post(formOf(page, /^\/account\/delete$/).action, formOf(page, /^\/account\/delete$/).fields);
  expect([gone.status, gone.text.includes('Your account is deleted')]).toEqual([200, true]);
  expect([await person.isSignedIn(), await person.me(), await person.refresh(), await person.redeem()]).toEqual([false, 401, 400, 400]);
  const onTheOther = new OAuthCaller(here).browser();
  expect((await onTheOther.signIn('/sign-in', { email: person.user.email, password })).url.pathname).toBe('/sign-in');
});

it('Somebody is an administrator on one instance from the moment in which another makes them one, until it takes that away', async () => {
  const { user, browser } = await somebody();
  await here.container.resolve(PromoteUser).execute({ id: (await somebody()).user.id });
  const console = await here.createClient({ redirectUris: ['https://app.example/callback'], scopes: ['admin'] });
  const caller = new OAuthCaller(there);
  const { body } = await caller.token({ ...caller.codeForm(await caller.code(console, { scope: 'admin' }, browser)), ...credentialsOf(console) });
  const reached = async () => {
    const { statusCode } = await there.server.inject({ url: '/api/v1/users', headers: { authorization: `Bearer ${body.access_token}` } });
    return [(await browser.open('/admin/users')).status, statusCode];
  };
  expect(await reached()).toEqual([404, 403]);
  await here.container.resolve(PromoteUser).execute({ id: user.id });
  expect(await reached()).toEqual([200, 200]);
  expect(await here.container.resolve(DemoteUser).execute({ id: user.id })).toMatchObject({ outcome: 'demoted' });
  expect(await reached()).toEqual([404, 403]);
});
