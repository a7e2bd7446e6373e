import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CreateClient } from '../../src/application/clients/create-client.js';
import { RevokeClientTokens } from '../../src/application/clients/revoke-client-tokens.js';
import { TendKeys } from '../../src/application/keys/tend-keys.js';
import { GrantClientCredentials } from '../../src/application/tokens/grant-client-credentials.js';
import { RevokeToken } from '../../src/application/tokens/revoke-token.js';
import { readConfig } from '../../src/config.js';
import { buildContainer } from '../../src/container.js';
import { openInProcess } from '../../src/in-process.js';
import { createPrismaStorage } from '../../src/infrastructure/prisma/create-prisma-storage.js';
import { systemClock } from '../../src/infrastructure/system-clock.js';
import { CountingHasher } from '../support/counting-hasher.js';
import { testDatabase } from '../support/postgres.js';

const nowhere = join(tmpdir(), `keywright-in-process-${process.pid}`, 'mistyped');

it('checks tokens of a server over the same database, without a request, and says why one is not good', async () => {
  const database = await testDatabase();
  const environment = { ISSUER: 'http://localhost:3000', DATABASE_URL: database.url, DATA_DIR: nowhere, NODE_ENV: 'production' };
  const storage = createPrismaStorage({ databaseUrl: database.url });
  const container = buildContainer({ config: readConfig({ ...environment, NODE_ENV: '' }), storage, clock: systemClock, passwordHasher: new CountingHasher() });
  const { client } = await container.resolve(CreateClient).execute({ actor: 'operator', settings: { name: 'Nightly', scopes: ['profile'] } });
  const asked = { client, scopes: ['profile'], resources: ['https://api.example'] };
  const { accessToken } = await container.resolve(GrantClientCredentials).execute(asked);
  // Signed with a key that was sealed under the server's.
  await container.resolve(TendKeys).execute();
  const signed = await container.resolve(GrantClientCredentials).execute({ ...asked, client: { ...client, accessTokenFormat: 'jwt' } });

  const keywright = await openInProcess(environment);
  try {
    const check = (more = {}) => keywright.authenticate({ token: accessToken, ...more });
    expect(await check({ scopes: ['profile'], resource: 'https://api.example' })).toMatchObject({ active: true, user: null, client: { id: client.id } });
    expect(signed.accessToken).toMatch(/^ey/);
    expect(await keywright.authenticate({ token: signed.accessToken })).toMatchObject({ active: true, client: { id: client.id } });
    expect(await check({ scopes: ['email'] })).toEqual({ active: false, reason: 'insufficient_scope', missing: ['email'] });
    expect(await check({ resource: 'https://other.example' })).toEqual({ active: false, reason: 'wrong_audience' });
    await container.resolve(RevokeToken).execute({ client, token: accessToken });
    expect(await check()).toEqual({ active: false, reason: 'revoked', cause: 'revoked_by_client' });
    // Read over and over: what is kept of it does not outlast its end.
    for (let reading = 0; reading < 3; reading += 1) expect((await keywright.authenticate({ token: signed.accessToken })).active).toBe(true);
    await container.resolve(RevokeClientTokens).execute({ actor: 'operator', clientId: client.id });
    expect(await keywright.authenticate({ token: signed.accessToken })).toEqual({ active: false, reason: 'revoked', cause: 'revoked_by_operator' });
    expect(await keywright.authenticate({ token: 'nonsense' })).toEqual({ active: false, reason: 'malformed' });
  } finally {
    await keywright.close();
    await storage.close();
    await database.drop();
  }
  expect(existsSync(nowhere)).toBe(false);
});

it('makes no database where DATA_DIR has none', async () => {
  await expect(openInProcess({ ISSUER: 'http://localhost:3000', DATA_DIR: nowhere })).rejects.toThrow(`there is no database in ${nowhere}`);
  expect(existsSync(nowhere)).toBe(false);
});
