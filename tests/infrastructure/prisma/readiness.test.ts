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
  expect(await refusalOf(storage.ping())).toMatchObject({
    message: 'the database is read-only',
    advice: expect.stringContaining('keywright doctor'),
    cause: { message: expect.stringMatching(/^cannot execute /) },
  });
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
    const full = await refusalOf(storage.ping(true));
    expect([codeOf(full), full.message, full.advice]).toEqual([
      '53300',
      'the database takes no more connections',
      expect.stringContaining('DATABASE_POOL_SIZE'),
    ]);
    await admin.query(`ALTER ROLE ${role} CONNECTION LIMIT 20`);
    await storage.ping(true);
    await storage.accessTokens.add(someMachineToken(client.id));
  } finally {
    await storage.close();
    await admin.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  }
});

it('is ready, however thoroughly it is asked, with a role that may write to the tables and make none', async () => {
  const role = `writing_${name}`;
  await admin.query(`CREATE ROLE ${role} LOGIN PASSWORD 'writing'; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role}`);
  try {
    storage = createPrismaStorage({ databaseUrl: Object.assign(new URL(database.url), { username: role, password: 'writing' }).href });
    await storage.ping(true);
    await admin.query(`REVOKE CONNECT ON DATABASE ${name} FROM PUBLIC`);
    await expect(storage.ping(true)).rejects.toMatchObject({ code: '42501' });
  } finally {
    await storage.close();
    await admin.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  }
});

it('tries to write under the name of a server, and says when there is no room', async () => {
  await admin.query(`
    CREATE FUNCTION no_room() RETURNS event_trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION USING ERRCODE = '53100', MESSAGE = 'no room for ' || current_setting('application_name'); END $$;
    CREATE EVENT TRIGGER no_room ON ddl_command_start WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION no_room()`);
  storage = createPrismaStorage({ databaseUrl: database.url });
  await storage.ping();
  expect(await refusalOf(storage.ping(true))).toMatchObject({
    message: 'the database has a full disk',
    advice: expect.any(String),
    cause: { code: '53100', message: 'no room for keywright' },
  });
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
  const asked = async () => Number((await admin.query<{ now: Date }>('SELECT clock_timestamp() AS now')).rows[0]?.now);
  const before = await asked();
  const told = await storage.now?.();
  expect(told).toBeInstanceOf(Date);
  expect(Number(told)).toBeGreaterThanOrEqual(before);
  expect(Number(told)).toBeLessThanOrEqual(await asked());
});
