import { createRemoteJWKSet, jwtVerify } from 'jose';
import { expect, it } from 'vitest';
import { CreateClient } from '../../src/application/clients/create-client.js';
import { RotateKeys } from '../../src/application/keys/rotate-keys.js';
import { TendKeys } from '../../src/application/keys/tend-keys.js';
import { RegisterResourceServer } from '../../src/application/resources/register-resource-server.js';
import { assembleServer } from '../../src/assemble-server.js';
import { readConfig } from '../../src/config.js';
import { buildContainer } from '../../src/container.js';
import { createPrismaStorage } from '../../src/infrastructure/prisma/create-prisma-storage.js';
import { systemClock } from '../../src/infrastructure/system-clock.js';
import { CountingHasher } from '../support/counting-hasher.js';
import { basic } from '../support/oauth.js';
import { testDatabase } from '../support/postgres.js';

const issuer = 'https://auth.example';
const audience = 'https://invoices.example';
const secretKeys = ['a key for tests, of more than 32 characters'] as const;

/** Seconds. Verifiers here keep keys for one, and instances what they publish; the others are for a machine that is busy with other tests. */
const publicationLead = 6;
const rotations = 2;

/** One of several instances over a database, listening, by the real clock. */
async function anInstance(databaseUrl: string) {
  const config = { ...readConfig({ ISSUER: issuer }), keys: { rotationInterval: 3600, publicationLead } };
  const storage = createPrismaStorage({ databaseUrl });
  const container = buildContainer({ config, storage, clock: systemClock, passwordHasher: new CountingHasher(), secretKeys });
  const server = await assembleServer(container, { config, secretKeys, logger: false, ready: () => storage.ping() });
  const address = await server.listen({ port: 0, host: '127.0.0.1' });
  const close = async () => {
    await server.close();
    await storage.close();
  };
  return { container, address, close };
}

it('refuses no token while keys rotate under load, on two instances with verifiers that keep the keys they fetched', { timeout: 60_000 }, async () => {
  const database = await testDatabase();
  const instances = [await anInstance(database.url), await anInstance(database.url)] as const;
  const [{ container }] = instances;
  await Promise.all(instances.map((instance) => instance.container.resolve(TendKeys).execute()));
  const settings = { name: 'Invoices', tokenFormat: 'jwt' } as const;
  await container.resolve(RegisterResourceServer).execute({ actor: 'operator', identifier: audience, settings });
  const { client, secret } = await container.resolve(CreateClient).execute({ actor: 'operator', settings: { name: 'Nightly' } });

  let rotating = true;
  const kids = new Set<string>();
  const refused: unknown[] = [];
  let verified = 0;
  const worker = async (index: number) => {
    const issuing = instances[index % 2] as (typeof instances)[0];
    // A verifier asks the other instance than the one that issued.
    const keys = createRemoteJWKSet(new URL(`${instances[(index + 1) % 2]?.address}/oauth/jwks`), { cacheMaxAge: 1000, cooldownDuration: 60_000 });
    while (rotating) {
      const form = new URLSearchParams({ grant_type: 'client_credentials', resource: audience });
      const response = await fetch(`${issuing.address}/oauth/token`, { method: 'POST', body: form, headers: basic(client.id, secret ?? '') });
      const { access_token } = (await response.json()) as { access_token: string };
      try {
        const { protectedHeader } = await jwtVerify(access_token, keys, { issuer, audience, typ: 'at+jwt' });
        kids.add(protectedHeader.kid as string);
        verified += 1;
      } catch (error) {
        refused.push(error);
      }
    }
  };
  const workers = Array.from({ length: 4 }, (_, index) => worker(index));
  for (let round = 0; round < rotations; round += 1) {
    await container.resolve(RotateKeys).execute({ now: false });
    await new Promise((resolve) => setTimeout(resolve, (publicationLead + 1) * 1000));
  }
  rotating = false;
  await Promise.all(workers);

  expect(refused).toEqual([]);
  expect(kids.size).toBe(rotations + 1);
  expect(verified).toBeGreaterThan(100);
  await Promise.all(instances.map((instance) => instance.close()));
  await database.drop();
});
