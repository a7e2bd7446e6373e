import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pooledClient } from '../../../src/infrastructure/prisma/pooled-client.js';
import { type TestDatabase, testDatabase } from '../../support/postgres.js';

let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await testDatabase();
  const Client = pooledClient("SELECT WHERE set_config('keywright.told', 'yes', true) IS NULL");
  pool = new pg.Pool({ connectionString: database.url, max: 1, Client });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const told = "current_setting('keywright.told', true)";

it('says what it is to say before a statement with parameters and one without, which are answered as ever', async () => {
  expect(await pool.query(`SELECT ${told} AS told`)).toMatchObject({ command: 'SELECT', rowCount: 1, rows: [{ told: 'yes' }] });
  expect(await pool.query(`SELECT ${told} AS told, $1::int AS n`, [1])).toMatchObject({ command: 'SELECT', rows: [{ told: 'yes', n: 1 }] });
  expect(await pool.query('UPDATE users SET email = $1 WHERE false', ['x'])).toMatchObject({ command: 'UPDATE', rowCount: 0 });
});

it('says it within a transaction, whose beginning and end are said alone', async () => {
  const client = await pool.connect();
  expect(await client.query('BEGIN')).toMatchObject({ command: 'BEGIN' });
  expect((await client.query({ text: `SELECT ${told} AS told`, rowMode: 'array' })).rows).toEqual([['yes']]);
  expect(await client.query('COMMIT')).toMatchObject({ command: 'COMMIT' });
  client.release();
});

it('fails with what PostgreSQL says, leaves a transaction that has failed, and goes on', async () => {
  await expect(pool.query('SELECT 1 / $1::int', [0])).rejects.toMatchObject({ code: '22012' });
  const client = await pool.connect();
  await client.query('BEGIN');
  await expect(client.query('SELECT nonsense')).rejects.toMatchObject({ code: '42703' });
  await expect(client.query('SELECT $1::int', [1])).rejects.toMatchObject({ code: '25P02' });
  expect(await client.query('ROLLBACK')).toMatchObject({ command: 'ROLLBACK' });
  expect((await client.query('SELECT $1::int AS n', [1])).rows).toEqual([{ n: 1 }]);
  client.release();
});
