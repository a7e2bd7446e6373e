import { expect, it, test } from 'vitest';
import { bytes, integers, lists, moments, texts, uuids } from '../../../src/infrastructure/prisma/coalescing/binary-array.js';
import { oneConnection } from './one-connection.js';

const { pool } = oneConnection();

/** What PostgreSQL understood, as the text that it writes of a value. */
async function understood(type: string, value: Uint8Array): Promise<(string | null)[]> {
  const text = `SELECT value::text FROM unnest($1::${type}[]) WITH ORDINALITY AS item (value, place) ORDER BY place`;
  return (await pool().query<{ value: string | null }>(`understood_${type}`, text, [value])).map((row) => row.value);
}

const ids = ['0198a6f0-0000-7000-8000-0123456789ab', 'ffffffff-ffff-ffff-ffff-ffffffffffff', '00000000-0000-0000-0000-000000000000'];

test.each([
  ['uuid', uuids.array([...ids, null]), [...ids, null]],
  ['uuid', uuids.array(['ABCDEF00-0000-7000-8000-00000000000F']), ['abcdef00-0000-7000-8000-00000000000f']],
  [
    'bytea',
    bytes.array([new Uint8Array(), null, new Uint8Array([0, 255]), Buffer.from('within another').subarray(7)]),
    ['\\x', null, '\\x00ff', '\\x616e6f74686572'],
  ],
  ['bigint', integers.array([0, -1, 7, null, 4294967296, -4294967297]), ['0', '-1', '7', null, '4294967296', '-4294967297']],
  ['bigint', integers.array([Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]), ['9007199254740991', '-9007199254740991']],
  ['text', texts.array(['', null, 'ünïcödé 🗝', 'ünïcödé 🗝', '"\\{,}', undefined]), ['', null, 'ünïcödé 🗝', 'ünïcödé 🗝', '"\\{,}', null]],
  ['text', texts.array([]), []],
])('PostgreSQL reads each %s of an array', async (type, value, expected) => {
  expect(await understood(type, value)).toEqual(expected);
});

test.each([
  ['uuid', uuids.item(ids[0]), ids[0]],
  ['bytea', bytes.item(Buffer.from('within another').subarray(7)), '\\x616e6f74686572'],
  ['bigint', integers.item(-4294967297), '-4294967297'],
  ['text', texts.item('ünïcödé 🗝'), 'ünïcödé 🗝'],
  ['text', texts.item(''), ''],
  ['text', lists.item(['a b', 'c']), '{"a b","c"}'],
  ['timestamptz', moments.item(new Date('2026-11-29T08:30:00.123Z')), '2026-11-29 08:30:00.123+00'],
  ...[uuids, bytes, integers, texts, lists, moments].map(({ item }): [string, Uint8Array | null, null] => ['text', item(null), null]),
])('PostgreSQL reads a single %s', async (type, value, expected) => {
  expect(await pool().query(`single_${type}`, `SELECT $1::${type}::text AS value`, [value])).toEqual([{ value: expected }]);
});

const dates = [
  '2000-01-01T00:00:00.000Z',
  '1999-12-31T23:59:59.999Z',
  '2026-11-29T08:30:00.123Z',
  '1970-01-01T00:00:00.000Z',
  '1582-10-15T12:00:00.001Z',
  '2285-06-05T00:00:00.007Z',
  '9999-12-31T23:59:59.999Z',
  '+012026-01-01T00:00:00.500Z',
].map((text) => new Date(text));

it('keeps each moment to the millisecond', async () => {
  const text = 'SELECT value::timestamptz(3) AS value FROM unnest($1::timestamptz[]) WITH ORDINALITY AS item (value, place) ORDER BY place';
  const rows = await pool().query<{ value: Date | null }>('moments', text, [moments.array([...dates, null])]);
  expect(rows.map(({ value }) => value)).toEqual([...dates, null]);
});

it('keeps each list of its row', async () => {
  const kept = [['default', 'profile'], ['default', 'profile'], [], ['with space', 'quo"te', 'back\\slash', '{}', 'a,b', 'NULL', ''], ['ü']];
  const text = 'SELECT value::text[] AS value FROM unnest($1::text[]) WITH ORDINALITY AS item (value, place) ORDER BY place';
  const rows = await pool().query<{ value: string[] | null }>('lists', text, [lists.array([...kept, null])]);
  expect(rows.map(({ value }) => value)).toEqual([...kept, null]);
});

test.each([
  '',
  '0198a6f0-0000-7000-8000-0123456789a',
  '0198a6f0-0000-7000-8000-0123456789abc',
  '0198a6f0-0000-7000-8000-0123456789ag',
  '0198a6f00000700080000123456789ab----',
  '0198a6f00000700080000123456789abzzzz',
  '01-98a6f0-00007000-8000-0123456789ab',
  '0198a6f0-0000-7000-80000-123456789ab',
  '0198a6f0-0000-7000-8000-0123456789aü',
  '0198a6f00000-7000-8000-0123456789ab00',
])('writes nothing for %j, which is no UUID', (id) => {
  expect(() => uuids.array([ids[0], id])).toThrow(RangeError);
});

it('writes nothing for a date that is none', () => {
  expect(() => moments.array([new Date(), new Date(Number.NaN)])).toThrow(RangeError);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, 0.5, 2 ** 53])('writes nothing for %d, which is no safe integer', (value) => {
  expect(() => integers.array([1, value])).toThrow(RangeError);
});
