import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { now } from '../../src/adapter-kit/fixtures.js';
import { givenTokens, givenUser } from '../../src/adapter-kit/given.js';
import { rotationOf } from '../../src/adapter-kit/token-fixtures.js';
import type { Storage } from '../../src/application/ports/storage.js';
import { createMemoryStorage } from '../../src/infrastructure/memory/create-memory-storage.js';
import type { StorageChoice } from '../../src/infrastructure/open-chosen.js';
import { movingFrom } from '../../src/infrastructure/open-left.js';
import { openStorage } from '../../src/infrastructure/open-storage.js';
import { migrate } from '../../src/infrastructure/prisma/migrate.js';
import { arrivingPostgres, leavingPostgres } from '../../src/infrastructure/prisma/moving/postgres-move.js';
import { hasPooler, startPooler } from '../support/pooler.js';
import { type DatabaseWithRole, databaseWithRole } from '../support/postgres.js';

const nowhere = { dataDir: '', redisUrl: '', redisPrefix: '', databasePoolSize: 4 };

async function directly({ url }: DatabaseWithRole): Promise<StorageChoice> {
  return { ...nowhere, storage: 'postgresql', databaseUrl: url, databaseDirectUrl: null, databasePooled: false };
}

async function behindPooler({ url }: DatabaseWithRole): Promise<StorageChoice> {
  const pooler = await startPooler(url);
  onTestFinished(() => pooler.stop());
  return { ...nowhere, storage: 'postgresql', databaseUrl: pooler.through(url), databaseDirectUrl: url, databasePooled: true };
}

type Change = (database: DatabaseWithRole) => Promise<unknown>;

/** The name stands before `public` on the search path that roles have. */
const emptySchemaBefore: Change = ({ role, query }) => query(`CREATE SCHEMA AUTHORIZATION ${role}`);

const tablesBefore: Change = async ({ role, url, query }) => {
  await query(`CREATE SCHEMA AUTHORIZATION ${role}; ALTER ROLE ${role} SET search_path = ${role}`);
  await migrate({ databaseUrl: url });
  await query(`ALTER ROLE ${role} RESET search_path`);
};

const roleLedElsewhere: Change = ({ role, query }) =>
  query(`CREATE SCHEMA "else where" AUTHORIZATION ${role}; ALTER ROLE ${role} SET search_path = "else where"`);

/** So that there are some to be made. */
async function withoutPartitions({ query }: DatabaseWithRole): Promise<void> {
  const tables = await query('DELETE FROM access_token_partitions RETURNING name');
  await query(`DROP TABLE ${tables.map(({ name }) => name).join(', ')}`);
}

/** Every connection from now on is a new one. */
async function endConnections({ query }: DatabaseWithRole): Promise<void> {
  await query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()');
}

/** Verbs of Prisma and of ours, of functions and triggers that look for tables themselves, and of the connections beside. */
async function goesOn(storage: Storage, { grant, refreshToken, accessToken }: Awaited<ReturnType<typeof givenTokens>>): Promise<void> {
  await vi.waitFor(() => storage.ping(true), 5000);
  expect(await storage.clients.find(grant.clientId)).toMatchObject({ id: grant.clientId });
  expect(await storage.users.find(grant.userId)).toMatchObject({ id: grant.userId });
  expect(await storage.accessTokens.find(accessToken.id)).toMatchObject({ id: accessToken.id });
  expect(await storage.refreshTokens.rotate(rotationOf(refreshToken, grant))).toEqual({ outcome: 'rotated' });
  const before = await storage.revocations.latest();
  expect(await storage.grants.revoke(grant.id, 'revoked_by_person', now)).toBe(true);
  expect(await storage.accessTokens.find(accessToken.id)).toMatchObject({ ended: { reason: 'revoked_by_person' } });
  expect((await storage.revocations.since(before, 10))?.revocations).toMatchObject([{ subject: { grantId: grant.id } }]);
  for (const expirable of storage.expirables) await expirable.purge(new Date(0), 10);
  await givenTokens(storage);
}

describe.each([
  ['directly', directly, true],
  ['behind a pooler', behindPooler, hasPooler],
])('a store that is reached %s stays in the schema in which its tables were found', (_, reached, isInstalled) => {
  it.skipIf(!isInstalled).each([
    ['a schema of the name of its role appears', emptySchemaBefore],
    ['one appears that has tables of its own', tablesBefore],
    ['its role is led elsewhere', roleLedElsewhere],
  ])('when %s, on every connection that it makes from then on', async (__, change) => {
    const database = await databaseWithRole();
    const { storage, close } = await openStorage(await reached(database));
    onTestFinished(close);
    await withoutPartitions(database);
    const given = await givenTokens(storage);
    await change(database);
    await endConnections(database);
    await goesOn(storage, given);
    const partitions = "SELECT DISTINCT schemaname AS schema FROM pg_tables WHERE tablename LIKE 'access_tokens_2%'";
    expect(await database.query(partitions)).toEqual([{ schema: 'public' }]);
  });

  it.skipIf(!isInstalled)('whatever it is called', async () => {
    const database = await databaseWithRole();
    const [role, schema] = [database.role, `"it's \\ an odd, %20one ü"`];
    await database.query(`CREATE SCHEMA ${schema} AUTHORIZATION ${role}; ALTER ROLE ${role} SET search_path = ${schema}`);
    const { storage, close } = await openStorage(await reached(database));
    onTestFinished(close);
    const given = await givenTokens(storage);
    await database.query(`ALTER ROLE ${role} RESET search_path`);
    await endConnections(database);
    await goesOn(storage, given);
  });
});

it('a store that is left stays there, and the move out of it', async () => {
  const database = await databaseWithRole();
  await migrate({ databaseUrl: database.url });
  const move = await leavingPostgres(database.url, 'rows');
  onTestFinished(() => move.close());
  const storage = await movingFrom(database.url, createMemoryStorage(), { ...nowhere, databaseUrl: null });
  onTestFinished(() => storage.close());
  const user = await givenUser(storage);
  await tablesBefore(database);
  expect(await move.count('users')).toBe(1);
  await move.begin('elsewhere');
  await move.abandon();
  const other = await givenUser(storage);
  expect(await storage.users.find(user.id)).toMatchObject({ id: user.id });
  expect(await move.count('users')).toBe(2);
  expect(await storage.users.find(other.id)).toMatchObject({ id: other.id });
});

it.skipIf(!hasPooler).each([
  ['refuses what it does not pass on', 'extra_float_digits'],
  ['takes it all the same', 'extra_float_digits,options,statement_timeout'],
])('a store that is left, or moved to, is refused through a pooler that %s: its sessions would not stay there', async (_, ignored) => {
  const { url } = await databaseWithRole();
  await migrate({ databaseUrl: url });
  const pooler = await startPooler(url, ignored);
  onTestFinished(() => pooler.stop());
  const through = pooler.through(url);
  const words = /^there is a pooler at .*: .*; for a store that is left, or moved to, give the address past it$/;
  await expect(movingFrom(through, createMemoryStorage(), { ...nowhere, databaseUrl: null })).rejects.toThrow(words);
  await expect(leavingPostgres(through, 'rows')).rejects.toThrow(words);
  await expect(arrivingPostgres(through, 'rows')).rejects.toThrow(words);
});
