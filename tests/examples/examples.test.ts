import { expect, onTestFinished, test } from 'vitest';
import { RegisterResourceServer } from '../../src/application/resources/register-resource-server.js';
import { freePort } from '../process/keywright-process.js';
import { credentialsOf, OAuthCaller } from '../support/oauth.js';
import { listeningServer } from '../support/test-server.js';
import { runExample } from './example-process.js';

test.each([
  ['fastify', 'jwt'],
  ['express', 'opaque'],
  ['hono', 'opaque'],
] as const)('the example for %s takes %s tokens of a real server, and no longer once they are revoked', async (name, tokenFormat) => {
  const audience = `http://localhost:${await freePort()}`;
  const world = await listeningServer();
  onTestFinished(() => world.close());
  const caller = new OAuthCaller(world);
  const scopes = [{ name: 'invoices:read', sentence: 'See your invoices' }];
  const settings = { name: 'Invoices', tokenFormat, scopes };
  const service = await world.container.resolve(RegisterResourceServer).execute({ actor: 'operator', identifier: audience, settings });
  const app = await world.createClient({ redirectUris: [caller.callback], scopes: ['default', 'invoices:read'] });
  const tokenFor = async (scope: string) => (await caller.tokens(app, { scope, resource: audience })).access_token;
  const token = await tokenFor('default invoices:read');
  const narrow = await tokenFor('default');
  expect(token.startsWith('kw_at_')).toBe(tokenFormat === 'opaque');

  // As in a shell in which the server's own settings stand.
  const env = {
    PORT: new URL(world.issuer).port,
    ISSUER: world.issuer,
    AUDIENCE: audience,
    RESOURCE_SERVER_ID: service.server.id,
    RESOURCE_SERVER_SECRET: service.secret,
  };
  await runExample(name, env);
  const invoices = (bearer?: string) => fetch(`${audience}/invoices`, { headers: bearer === undefined ? {} : { authorization: `Bearer ${bearer}` } });

  const welcome = await invoices(token);
  expect([welcome.status, await welcome.json()]).toEqual([200, { invoices: [], for: world.person?.id }]);
  expect((await invoices(narrow)).status).toBe(403);
  const refused = await invoices();
  expect(refused.status).toBe(401);
  expect(refused.headers.get('www-authenticate')).toContain(`resource_metadata="${audience}/.well-known/oauth-protected-resource"`);
  const metadata = await (await fetch(`${audience}/.well-known/oauth-protected-resource`)).json();
  expect(metadata).toMatchObject({ resource: audience, authorization_servers: [world.issuer] });

  const ended = await tokenFor('default invoices:read');
  await caller.send(`${world.issuer}/oauth/revoke`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ token: ended, ...credentialsOf(app) }).toString(),
  });
  expect((await invoices(ended)).status).toBe(401);
});
