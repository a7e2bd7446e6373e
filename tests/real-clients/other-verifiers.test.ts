import { describe, expect, onTestFinished, test } from 'vitest';
import { RegisterResourceServer } from '../../src/application/resources/register-resource-server.js';
import { credentialsOf, OAuthCaller } from '../support/oauth.js';
import { listeningServer } from '../support/test-server.js';
import { apache, authlib, missingPrograms } from './other-verifiers.js';

const audience = 'https://invoices.example';
const services = { "Apache's mod_auth_openidc": apache, 'Authlib of Python': authlib };

if (missingPrograms) console.info(`Apache and Authlib are not tested: ${missingPrograms} is missing`);

describe.skipIf(missingPrograms !== '')('The introspection endpoint (RFC 7662) serves', () => {
  test.each(Object.entries(services).flatMap(([name, serve]) => (['opaque', 'jwt'] as const).map((tokenFormat) => [name, tokenFormat, serve] as const)))(
    '%s, with %s tokens: good, too narrow, revoked, none',
    async (_, tokenFormat, serve) => {
      const world = await listeningServer();
      onTestFinished(() => world.close());
      const caller = new OAuthCaller(world);
      const settings = { name: 'Invoices', tokenFormat, scopes: [{ name: 'invoices:read', sentence: 'See your invoices' }] };
      const { server, secret } = await world.container.resolve(RegisterResourceServer).execute({ actor: 'operator', identifier: audience, settings });
      const app = await world.createClient({ grantTypes: ['client_credentials'], scopes: ['default', 'invoices:read'] });
      const tokenFor = async (scope: string) =>
        (await caller.token({ grant_type: 'client_credentials', resource: audience, scope, ...credentialsOf(app) })).body.access_token;
      const service = await serve({ issuer: world.issuer, id: server.id, secret });
      onTestFinished(() => service.end());
      const status = async (token?: string) =>
        (await fetch(`${service.address}/invoices`, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } })).status;

      const good = await tokenFor('default invoices:read');
      expect(await status(good)).toBe(200);
      expect([401, 403]).toContain(await status(await tokenFor('default')));
      await caller.post('/oauth/revoke', { token: good, ...credentialsOf(app) });
      expect(await status(good)).toBe(401);
      expect(await status(`${good}x`)).toBe(401);
      expect(await status()).toBe(401);
    },
  );
});
