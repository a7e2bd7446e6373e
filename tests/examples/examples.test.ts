import { expect, onTestFinished, test } from 'vitest';
import { credentialsOf, OAuthCaller } from '../support/oauth.js';
import { listeningServer } from '../support/test-server.js';
import { runExample } from './example-process.js';

const scopes = JSON.stringify({ default: 'Use your account', 'invoices:read': 'See your invoices' });

test.each(['fastify', 'express', 'hono'])('the example for %s takes tokens of a real server, and no longer once they are revoked', async (name) => {
  const world = await listeningServer({ env: { SCOPES: scopes } });
  onTestFinished(() => world.close());
  const caller = new OAuthCaller(world);
  const app = await world.createClient({ redirectUris: [caller.callback], scopes: ['default', 'invoices:read'] });
  const service = await world.createClient({ name: 'The service', redirectUris: [caller.callback] });
  const { access_token: token } = await caller.tokens(app, { scope: 'default invoices:read' });
  const { access_token: narrow } = await caller.tokens(app, { scope: 'default' });

  const env = { ISSUER: world.issuer, AUDIENCE: 'http://localhost:4000', RESOURCE_SERVER_ID: service.id, RESOURCE_SERVER_SECRET: service.secret };
  const address = await runExample(name, env);
  const invoices = (bearer?: string) => fetch(`${address}/invoices`, { headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` } });

  const welcome = await invoices(token);
  expect([welcome.status, await welcome.json()]).toEqual([200, { invoices: [], for: world.person?.id }]);
  expect((await invoices(narrow)).status).toBe(403);
  const refused = await invoices();
  expect(refused.status).toBe(401);
  expect(refused.headers.get('www-authenticate')).toContain('resource_metadata="http://localhost:4000/.well-known/oauth-protected-resource"');
  const metadata = await (await fetch(`${address}/.well-known/oauth-protected-resource`)).json();
  expect(metadata).toMatchObject({ resource: 'http://localhost:4000', authorization_servers: [world.issuer] });

  const { access_token: ended } = await caller.tokens(app, { scope: 'default invoices:read' });
  await caller.send(`${world.issuer}/oauth/revoke`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ token: ended, ...credentialsOf(app) }).toString(),
  });
  expect((await invoices(ended)).status).toBe(401);
});
