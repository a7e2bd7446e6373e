import { beforeEach, describe, expect, it } from 'vitest';
import { RegisterResourceServer } from '../../../src/application/resources/register-resource-server.js';
import { Authenticate } from '../../../src/application/tokens/authenticate.js';
import { GrantClientCredentials } from '../../../src/application/tokens/grant-client-credentials.js';
import type { Client } from '../../../src/domain/clients/client.js';
import { longestJwt } from '../../../src/domain/tokens/jwt-access-token.js';
import { aWorld, type World } from '../../support/world.js';

describe('A JWT for a resource server of a hundred scopes, each of a hundred characters', () => {
  const resource = 'https://invoices.example';
  const names = Array.from({ length: 100 }, (_, index) => `invoices:${index}:`.padEnd(100, 'x'));
  let world: World;
  let machine: Client;
  const grant = (scopes: readonly string[]) => world.resolve(GrantClientCredentials).execute({ client: machine, scopes, resources: [resource] });

  beforeEach(async () => {
    world = aWorld();
    const scopes = names.map((name) => ({ name, sentence: 'See some of your invoices' }));
    await world
      .resolve(RegisterResourceServer)
      .execute({ actor: 'operator', identifier: resource, settings: { name: 'Invoices', tokenFormat: 'jwt', scopes } });
    machine = (await world.client({ redirectUris: [], grantTypes: ['client_credentials'], scopes: names })).client;
  });

  it('is issued as long as this server can read it', async () => {
    const issued = await Promise.all([1, 30, 50].map((count) => grant(names.slice(0, count))));
    for (const { accessToken } of issued) {
      expect(accessToken.length).toBeLessThanOrEqual(longestJwt);
      expect(await world.resolve(Authenticate).execute({ token: accessToken })).toMatchObject({ active: true });
    }
  });

  it('is not issued beyond that, and the client is told what to do (RFC 6749 §5.2)', async () => {
    await expect(grant(names)).rejects.toMatchObject({ code: 'invalid_scope', message: expect.stringContaining('ask for fewer scopes') });
  });
});
