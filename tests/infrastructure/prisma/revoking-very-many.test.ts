import { Client as Connection } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { now } from '../../../src/adapter-kit/fixtures.js';
import { givenGrant } from '../../../src/adapter-kit/given.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import { createPrismaStorage } from '../../../src/infrastructure/prisma/create-prisma-storage.js';
import { type TestDatabase, testDatabase } from '../../support/postgres.js';

let database: TestDatabase;
let storage: Storage;
let connection: Connection;

beforeAll(async () => {
  database = await testDatabase();
  storage = createPrismaStorage({ databaseUrl: database.url });
  connection = new Connection({ connectionString: database.url });
  await connection.connect();
});
afterAll(async () => {
  await connection.end();
  await storage.close();
  await database.drop();
});

it('tells how many grants were revoked, though their steps together take longer than any other verb may', async () => {
  const { id, userId } = await givenGrant(storage);
  await connection.query(
    `INSERT INTO grants (id, user_id, client_id, scopes, created_at, needed_until)
     SELECT gen_random_uuid(), user_id, client_id, scopes, created_at, needed_until FROM grants, generate_series(1, 12000) WHERE id = $1`,
    [id],
  );
  await connection.query(`
    CREATE FUNCTION take_a_second() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(1); RETURN NULL; END';
    CREATE TRIGGER slow BEFORE UPDATE ON grants FOR EACH STATEMENT EXECUTE FUNCTION take_a_second()`);
  expect(await storage.grants.revokeAll({ userId }, 'revoked_by_operator', now)).toBe(12_001);
});
