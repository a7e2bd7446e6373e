import { expect, it } from 'vitest';
import { CreateClient } from '../../src/application/clients/create-client.js';
import { GrantClientCredentials } from '../../src/application/tokens/grant-client-credentials.js';
import { RevokeToken } from '../../src/application/tokens/revoke-token.js';
import { readConfig } from '../../src/config.js';
import { buildContainer } from '../../src/container.js';
import { openInProcess } from '../../src/in-process.js';
import { createPrismaStorage } from '../../src/infrastructure/prisma/create-prisma-storage.js';
import { systemClock } from '../../src/infrastructure/system-clock.js';
import { CountingHasher } from '../support/counting-hasher.js';
import { testDatabase } from '../support/postgres.js';

it('checks tokens of a server over the same database, without a request, and says why one is not good', async () => {
  const database = await testDatabase();
  const environment = { ISSUER: 'http://localhost:3000', DATABASE_URL: database.url, SECRET_KEY: 'a key for tests, of more than 32 characters' };
  const storage = createPrismaStorage({ databaseUrl: database.url });
  const container = buildContainer({ config: readConfig(environment), storage, clock: systemClock, passwordHasher: new CountingHasher() });
  const { client } = await container.resolve(CreateClient).execute({ actor: 'operator', settings: { name: 'Nightly', scopes: ['profile'] } });
  const asked = { client, scopes: ['profile'], resources: ['https://api.example'] };
  const { accessToken } = await container.resolve(GrantClientCredentials).execute(asked);

  const keywright = await openInProcess(environment);
  try {
    const check = (more = {}) => keywright.authenticate({ token: accessToken, ...more });
    expect(await check({ scopes: ['profile'], resource: 'https://api.example' })).toMatchObject({ active: true, user: null, client: { id: client.id } });
    expect(await check({ scopes: ['email'] })).toEqual({ active: false, reason: 'insufficient_scope', missing: ['email'] });
    expect(await check({ resource: 'https://other.example' })).toEqual({ active: false, reason: 'wrong_audience' });
    await container.resolve(RevokeToken).execute({ client, token: accessToken });
    expect(await check()).toEqual({ active: false, reason: 'revoked', cause: 'revoked_by_client' });
    expect(await keywright.authenticate({ token: 'nonsense' })).toEqual({ active: false, reason: 'malformed' });
  } finally {
    await keywright.close();
    await storage.close();
    await database.drop();
  }
});
