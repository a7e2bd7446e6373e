import pg from 'pg';
import { expect, it, test } from 'vitest';
import { connectionSettings } from '../../../src/infrastructure/prisma/connection-settings.js';
import { StatementQuery } from '../../../src/infrastructure/prisma/statement-query.js';
import { openStatementPool, runOn } from '../../../src/infrastructure/prisma/statements.js';
import { oneConnection } from './one-connection.js';

const { pool, database } = oneConnection();

test.each([
  ['timestamptz', ['2026-01-31 12:00:00.123+00', '2026-12-31 23:59:59+00', '2026-03-01 00:00:00.1+00', '2026-06-15 06:07:08.123456+00']],
  ['timestamptz', ['0099-01-01 00:00:00+00', '12026-01-01 00:00:00.5+00', '0044-03-15 12:00:00+00 BC', '1969-12-31 23:59:59.999+00', 'infinity']],
  ['text[]', ['{}', '{default,profile}', '{default,profile}', '{"with space","quo\\"te",NULL}', '{ü,"{}"}']],
  ['text', ['', 'plain', 'ünïcödé 🗝', '\\x00']],
  ['bytea', ['\\x', '\\x00ff']],
  ['uuid', ['0198a6f0-0000-7000-8000-000000000000']],
  ['boolean', ['t', 'f']],
  ['bigint', ['9007199254740993']],
  ['integer', ['-7']],
])('reads a %s as the driver does', async (type, texts) => {
  const text = `SELECT asked::${type} AS value FROM unnest($1::text[]) AS asked`;
  const driver = new pg.Client(connectionSettings({ databaseUrl: database().url }));
  await driver.connect();
  const { rows } = await driver.query(text, [texts]).finally(() => driver.end());
  const literal = `{${texts.map((one) => `"${one.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
  expect(await pool().query(`read_${type}_${texts.length}`, text, [literal])).toEqual(rows);
});

it('answers each with a list of its own, which may be changed', async () => {
  const lists = () => pool().query<{ list: string[] }>('lists', 'SELECT $1::text[] AS list', ['{a,b}']);
  const [[one], [other]] = await Promise.all([lists(), lists()]);
  one?.list.push('c');
  expect(other?.list).toEqual(['a', 'b']);
  expect((await lists())[0]?.list).toEqual(['a', 'b']);
});

it('takes text, numbers, bytes and nothing as values', async () => {
  const text = 'SELECT $1::text AS text, $2::integer AS number, $3::bytea AS bytes, $4::text AS nothing';
  const values = { text: 'ü', number: 7, bytes: Buffer.from([0, 255]), nothing: null };
  expect(await pool().query('values', text, ['ü', 7, new Uint8Array([0, 255]), null])).toEqual([values]);
});

it('has a prepared statement described once for each connection', async () => {
  let described = 0;
  const connection = await pool().connections.connect();
  connection.connection.on('rowDescription', () => (described += 1));
  connection.release();
  for (const n of [1, 2, 3]) expect(await pool().query('described', 'SELECT $1::integer AS n', [n])).toEqual([{ n }]);
  expect(described).toBe(1);
});

it('prepares nothing behind a pooler that knows of no prepared statements', async () => {
  const plain = openStatementPool(connectionSettings({ databaseUrl: database().url, poolSize: 1 }), false);
  for (const n of [1, 2]) expect(await plain.query('plain', 'SELECT $1::integer AS n', [n])).toEqual([{ n }]);
  expect(await plain.query('prepared', 'SELECT name FROM pg_prepared_statements', [])).toEqual([]);
  await plain.close();
});

it('answers nothing to a statement that has no rows', async () => {
  for (const _ of [1, 2]) expect(await pool().query('no_rows', 'SELECT FROM users WHERE false', [])).toEqual([]);
  for (const _ of [1, 2]) expect(await pool().query('written', 'DELETE FROM users WHERE false', [])).toEqual([]);
});

it('fails with what PostgreSQL says, and the next statement is not touched by it', async () => {
  await expect(pool().query('failing', 'SELECT 1 / $1::integer AS n', [0])).rejects.toMatchObject({ code: '22012' });
  expect(await pool().query('failing', 'SELECT 1 / $1::integer AS n', [1])).toEqual([{ n: 1 }]);
  await expect(pool().query('wrong', 'SELECT nonsense', [])).rejects.toMatchObject({ code: '42703' });
});

it('fails when a value cannot be read, and the next statement is not touched by it', async () => {
  const unreadable = "SELECT $1::json AS json, '{}'::json AS another";
  const parse = pg.types.getTypeParser(114, 'text');
  pg.types.setTypeParser(114, () => {
    throw new Error('unreadable');
  });
  await expect(pool().query('unreadable', unreadable, ['{}'])).rejects.toThrow('unreadable');
  pg.types.setTypeParser(114, parse);
  expect(await pool().query('after', 'SELECT 1 AS n', [])).toEqual([{ n: 1 }]);
});

it('is not sent any more when whoever waited for it gave up before', async () => {
  const given = new StatementQuery('', 'CREATE TABLE too_late ()', []);
  given.handleError(new Error('gave up'));
  await expect(new Promise((resolve, reject) => runOn(pool().connections, given, (error) => (error ? reject(error) : resolve(null))))).rejects.toThrow(
    'gave up',
  );
  expect(await pool().query('too_late', "SELECT to_regclass('too_late') AS there", [])).toEqual([{ there: null }]);
});
