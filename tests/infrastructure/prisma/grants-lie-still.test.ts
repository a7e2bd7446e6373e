import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { plus } from '../../../src/adapter-kit/fixtures.js';
import { givenTokens } from '../../../src/adapter-kit/given.js';
import { keepingOf, rotationOf } from '../../../src/adapter-kit/token-fixtures.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import { createPrismaStorage } from '../../../src/infrastructure/prisma/create-prisma-storage.js';
import { type TestDatabase, testDatabase } from '../../support/postgres.js';

let database: TestDatabase;
let storage: Storage;
let client: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  storage = createPrismaStorage({ databaseUrl: database.url });
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await storage.close();
  await database.drop();
});

/** Where the row's newest version lies and which transaction wrote it: both change with every write. */
async function versionOf(grantId: string): Promise<unknown> {
  return (await client.query('SELECT ctid::text, xmin::text FROM grants WHERE id = $1', [grantId])).rows[0];
}

it.each<[string, (family: Awaited<ReturnType<typeof givenTokens>>) => Promise<unknown>]>([
  ['a rotation', ({ grant, refreshToken }) => storage.refreshTokens.rotate(rotationOf(refreshToken, grant))],
  ['a refresh that keeps the token', ({ grant, refreshToken }) => storage.refreshTokens.keep(keepingOf(refreshToken, grant))],
  ['noting a use', ({ grant }) => storage.usage.record({ secrets: [], grants: [{ grantId: grant.id, at: plus(1), scopes: ['default'] }] })],
])('%s writes nothing to the grant, which every verification of a token reads', async (_, happens) => {
  const family = await givenTokens(storage);
  const before = await versionOf(family.grant.id);
  await happens(family);
  expect(before).toBeDefined();
  expect(await versionOf(family.grant.id)).toEqual(before);
  await storage.grants.revoke(family.grant.id, 'revoked_by_person', plus(2));
  expect(await versionOf(family.grant.id)).not.toEqual(before);
});
