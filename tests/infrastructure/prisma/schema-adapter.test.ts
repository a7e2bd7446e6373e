import { Pool } from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { SchemaAdapter } from '../../../src/infrastructure/prisma/schema-adapter.js';
import { databaseWithRole } from '../../support/postgres.js';

it('tells Prisma the schema to which the connections lead', async () => {
  const { url, role, query } = await databaseWithRole();
  await query(`CREATE SCHEMA "the App" AUTHORIZATION ${role}; ALTER ROLE ${role} SET search_path = "the App", public`);
  const pool = new Pool({ connectionString: url });
  onTestFinished(() => pool.end());
  expect((await new SchemaAdapter(pool).connect()).getConnectionInfo()).toMatchObject({ schemaName: 'the App' });
});

it('leaves nothing at the pool, however often it finds the database away', async () => {
  const pool = new Pool({ connectionString: 'postgresql://a:b@127.0.0.1:1/x' });
  onTestFinished(() => pool.end());
  const adapter = new SchemaAdapter(pool);
  for (let attempt = 0; attempt < 3; attempt += 1) await expect(adapter.connect()).rejects.toThrow('ECONNREFUSED');
  expect(pool.listenerCount('error')).toBe(0);
});
