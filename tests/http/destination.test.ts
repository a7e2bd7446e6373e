import { afterAll, beforeAll, expect, it } from 'vitest';
import { formOf } from '../support/browser.js';
import { OAuthCaller } from '../support/oauth.js';
import { pkce } from '../support/pkce.js';
import { type TestServer, testServer } from '../support/test-server.js';

let world: TestServer;
beforeAll(async () => {
  world = await testServer();
});
afterAll(() => world.close());

const action = async (query: string) => {
  const page = await new OAuthCaller(world).browser().open(`/sign-in?${query}`);
  return formOf(page, /^\/sign-in/).action.search;
};

it('goes on to an authorization request, or to a page of this server', async () => {
  const caller = new OAuthCaller(world);
  const app = await world.createClient({ redirectUris: [caller.callback] });
  const asked = await caller.browser().open(caller.authorizationUrl(app, { code_challenge: pkce().challenge, code_challenge_method: 'S256' }));
  const { search } = formOf(asked, /^\/sign-in/).action;
  expect(search).toMatch(/^\?request=[0-9a-f-]{36}$/);
  expect(await action(search.slice(1))).toBe(search);
  expect(await action('next=%2Fclients%2Fabc')).toBe('?next=%2Fclients%2Fabc');
});

it.each([
  ['a request that is none', 'request=consent'],
  ['a request of 10,000 characters', `request=${'0'.repeat(10_000)}`],
  ['a page elsewhere', 'next=%2F%2Fevil.example'],
  ['a page with a query', 'next=%2Faccount%3Fdone%3Dlinked'],
  ['a page of 10,000 characters', `next=%2Fclients%2F${'a'.repeat(10_000)}`],
  ['a page below 5,000 others', `next=%2Fclients${'%2Fa'.repeat(5_000)}`],
])('carries nothing along of what is neither: %s', async (_, query) => {
  expect(await action(query)).toBe('');
});
