import { afterAll, beforeAll, expect, it } from 'vitest';
import { RegisterResourceServer } from '../../src/application/resources/register-resource-server.js';
import { RemoveResourceServer } from '../../src/application/resources/remove-resource-server.js';
import { basic, credentialsOf, OAuthCaller } from '../support/oauth.js';
import { type TestClient, type TestServer, testServer } from '../support/test-server.js';

let world: TestServer;
let caller: OAuthCaller;
let app: TestClient;
let machine: TestClient;

beforeAll(async () => {
  world = await testServer({ env: { UNREGISTERED_RESOURCES: 'refuse' } });
  caller = new OAuthCaller(world);
  app = await world.createClient({ redirectUris: [caller.callback], pkce: 'optional' });
  machine = await world.createClient();
});
afterAll(() => world.close());

const register = async (identifier: string) =>
  (await world.container.resolve(RegisterResourceServer).execute({ actor: 'operator', identifier, settings: { name: 'Some API' } })).server;
const ask = (resource?: string) =>
  caller.token({ grant_type: 'client_credentials', ...(resource !== undefined && { resource }) }, basic(machine.id, machine.secret));
const refused = { status: 400, body: { error: 'invalid_target', error_description: expect.stringContaining('https://unknown.example') } };

it('refuses a token for a resource that nobody registered, and makes others (RFC 8707 §2)', async () => {
  await register('https://known.example/');
  expect(await ask('https://unknown.example')).toMatchObject(refused);
  expect(await ask('https://known.example')).toMatchObject({ status: 200 });
  expect(await ask(`${world.issuer}/api/v1`)).toMatchObject({ status: 200 });
  expect(await ask(`${world.issuer}.evil.example`)).toMatchObject({ status: 400, body: { error: 'invalid_target' } });
  expect(await ask()).toMatchObject({ status: 200 });
});

it('refuses an authorization request for one with a redirect, before anybody is asked (RFC 8707 §2.1)', async () => {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: app.id,
    redirect_uri: caller.callback,
    resource: 'https://unknown.example',
    state: 'xyz',
  });
  const { headers, statusCode } = await world.server.inject({ url: `/oauth/authorize?${query}` });
  const location = new URL(String(headers.location));
  expect([statusCode, location.origin, location.searchParams.get('error'), location.searchParams.get('state')]).toEqual([
    303,
    new URL(caller.callback).origin,
    'invalid_target',
    'xyz',
  ]);
});

it('ends no grant whose resource server is gone, but makes no more tokens for it', async () => {
  const { id } = await register('https://unknown.example');
  const { refresh_token } = await caller.tokens(app, { resource: 'https://unknown.example' });
  await world.container.resolve(RemoveResourceServer).execute({ actor: 'operator', id });
  expect(await caller.token({ grant_type: 'refresh_token', refresh_token, ...credentialsOf(app) })).toMatchObject(refused);
  await register('https://unknown.example');
  expect(await caller.token({ grant_type: 'refresh_token', refresh_token, ...credentialsOf(app) })).toMatchObject({ status: 200 });
});
