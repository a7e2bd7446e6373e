import * as oauth from 'openid-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deviceCodeGrant } from '../../src/domain/clients/client.js';
import { Browser } from '../support/browser.js';
import { listeningServer, type TestClient, type TestServer } from '../support/test-server.js';
import { overFetch } from '../support/transport.js';

let world: TestServer;
beforeAll(async () => {
  world = await listeningServer();
});
afterAll(() => world?.close());

const grantTypes = [deviceCodeGrant, 'refresh_token'] as const;
const ways: [string, 'public' | 'confidential', (client: TestClient) => oauth.ClientAuth][] = [
  ['without a secret', 'public', () => oauth.None()],
  ['with client_secret_basic', 'confidential', ({ secret }) => oauth.ClientSecretBasic(secret)],
];

it.each(ways)('openid-client on a device connects by a code that it shows, %s (RFC 8628)', async (_way, type, authentication) => {
  const client = await world.createClient({ name: 'Television', type, grantTypes });
  const options: oauth.DiscoveryRequestOptions = { algorithm: 'oauth2', execute: [oauth.allowInsecureRequests] };
  const config = await oauth.discovery(new URL(world.issuer), client.id, undefined, authentication(client), options);
  const shown = await oauth.initiateDeviceAuthorization(config, { scope: 'profile email' });
  const asking = oauth.pollDeviceAuthorizationGrant(config, shown);

  const browser = new Browser(overFetch, world.issuer);
  const signIn = await browser.submit(await browser.open(shown.verification_uri_complete ?? ''), /^\/device$/);
  const consent = await browser.signIn(signIn.url);
  const end = await browser.submit(consent, /^\/consent\/[^/]+\/(?!switch)/, { decision: 'allow' });
  expect(end.text).toContain('Your device is connected');

  const tokens = await asking;
  expect([tokens.scope, tokens.token_type]).toEqual(['profile email', 'bearer']);
  const refreshed = await oauth.refreshTokenGrant(config, tokens.refresh_token ?? '');
  const me = await oauth.fetchProtectedResource(config, refreshed.access_token, new URL('/oauth/me', world.issuer), 'GET');
  expect(await me.json()).toMatchObject({ email: 'ada@example.com' });
});

it('openid-client on a device is told that the person said no', async () => {
  const client = await world.createClient({ name: 'Television', type: 'public', grantTypes });
  const options: oauth.DiscoveryRequestOptions = { algorithm: 'oauth2', execute: [oauth.allowInsecureRequests] };
  const config = await oauth.discovery(new URL(world.issuer), client.id, undefined, oauth.None(), options);
  const shown = await oauth.initiateDeviceAuthorization(config, {});
  const browser = new Browser(overFetch, world.issuer);
  const signIn = await browser.submit(await browser.open('/device'), /^\/device$/, { user_code: shown.user_code });
  await browser.submit(await browser.signIn(signIn.url), /^\/consent\/[^/]+\/(?!switch)/, { decision: 'deny' });
  await expect(oauth.pollDeviceAuthorizationGrant(config, shown)).rejects.toMatchObject({ error: 'access_denied' });
});
