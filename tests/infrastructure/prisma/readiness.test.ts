import { Client as Connection } from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { givenClient } from '../../../src/adapter-kit/given.js';
import { someMachineToken } from '../../../src/adapter-kit/token-fixtures.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import { codeOf, StorageUnavailable } from '../../../src/application/ports/storage-unavailable.js';
import { createPrismaStorage } from '../../../src/infrastructure/prisma/create-prisma-storage.js';
import { hasPooler, startPooler } from '../../support/pooler.js';
import { type TestDatabase, testDatabase } from '../../support/postgres.js';

let database: TestDatabase;
let admin: Connection;
let storage: Storage;
let name: string;

beforeEach(async () => {
  database = await testDatabase();
  name = new URL(database.url).pathname.slice(1);
  admin = new Connection({ connectionString: database.url });
  await admin.connect();
});
afterEach(async () => {
  await storage.close();
  await admin.end();
  await database.drop();
});

async function refusalOf(call: Promise<unknown>): Promise<StorageUnavailable> {
  const refusal: unknown = await call.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(refusal instanceof StorageUnavailable)) throw new Error('it was not refused for the sake of the store');
  return refusal;
}

it('is not ready while the database is read-only, as a failover may leave it, and says why', async () => {
  storage = createPrismaStorage({ databaseUrl: database.url });
  await storage.ping();
  await admin.query(`ALTER DATABASE ${name} SET default_transaction_read_only = on`);
  await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()');
  await expect.poll(async () => codeOf(await refusalOf(storage.ping()))).toBe('25006');
  expect((await refusalOf(storage.ping())).cause).toMatchObject({ message: expect.stringMatching(/^the database is read-only: /) });
});

it('is not ready, asked thoroughly, while the database takes no more connections, and leaves nothing where it does', async () => {
  storage = createPrismaStorage({ databaseUrl: database.url });
  const client = await givenClient(storage);
  await storage.close();
  const role = `narrow_${name}`;
  await admin.query(
    `CREATE ROLE ${role} LOGIN PASSWORD 'narrow'; GRANT ALL ON ALL TABLES IN SCHEMA public TO ${role}; GRANT CREATE ON SCHEMA public TO ${role}`,
  );
  try {
    storage = createPrismaStorage({ databaseUrl: Object.assign(new URL(database.url), { username: role, password: 'narrow' }).href });
    await storage.ping(true);
    expect((await admin.query("SELECT FROM pg_class WHERE relname LIKE 'keywright_room%'")).rowCount).toBe(0);
    await admin.query(`ALTER ROLE ${role} CONNECTION LIMIT 2`);
    const refusals = await Promise.all([1, 2, 3, 4, 5, 6].map((_) => storage.clients.find(client.id).catch((error: unknown) => error)));
    expect(refusals.some((one) => one instanceof StorageUnavailable && codeOf(one) === '53300')).toBe(true);
    expect(codeOf(await refusalOf(storage.ping(true)))).toBe('53300');
    await admin.query(`ALTER ROLE ${role} CONNECTION LIMIT 20`);
    await storage.ping(true);
    await storage.accessTokens.add(someMachineToken(client.id));
  } finally {
    await storage.close();
    await admin.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  }
});

it.skipIf(!hasPooler)('is ready through a pooler, however thoroughly it is asked', async () => {
  const pooler = await startPooler(database.url);
  try {
    storage = createPrismaStorage({ databaseUrl: pooler.through(database.url), databaseDirectUrl: database.url, pooled: true });
    await storage.ping();
    await storage.ping(true);
  } finally {
    await storage.close();
    await pooler.stop();
  }
});

it('tells the time of the database', async () => {
  storage = createPrismaStorage({ databaseUrl: database.url });
  const before = (await admin.query<{ now: Date }>('SELECT clock_timestamp() AS now')).rows[0]?.now;
  const told = await storage.now?.();
  const after = (await admin.query<{ now: Date }>('SELECT clock_timestamp() AS now')).rows[0]?.now;
  expect([before, told, after].map(Number)).toEqual([before, told, after].map(Number).sort((one, other) => one - other));
});
