import { Client as Connection } from 'pg';
import { expect, it } from 'vitest';
import { bareDatabase, testDatabase } from '../../support/postgres.js';
import { schemaScript } from './schema-script.js';

async function on<Result>(url: string, work: (connection: Connection) => Promise<Result>): Promise<Result> {
  const connection = new Connection({ connectionString: url });
  await connection.connect();
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}

/**
 * Every column, index and constraint of a database, but those of the migrations' own table. What the language of the schema cannot say of an
 * index (which rows it holds, what else lies in it) is left out, and so are the partitions of a table.
 */
async function describeDatabase(connection: Connection): Promise<string[]> {
  const { rows } = await connection.query<{ line: string }>(`
    WITH tables AS (
      SELECT oid, relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> '_prisma_migrations'
    )
    SELECT concat_ws(' ', relname, attname, format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid)) AS line
      FROM tables JOIN pg_attribute ON attrelid = tables.oid AND attnum > 0 LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    UNION ALL SELECT pg_get_indexdef(indexrelid) FROM tables JOIN pg_index ON indrelid = tables.oid
    UNION ALL SELECT concat_ws(' ', relname, conname, pg_get_constraintdef(pg_constraint.oid)) FROM tables JOIN pg_constraint ON conrelid = tables.oid AND contype <> 'n'
    ORDER BY line`);
  return rows.map(({ line }) =>
    line.startsWith('CREATE')
      ? line
          .replace(/ INCLUDE \([^)]*\)/, '')
          .replace(/ WHERE .*$/, '')
          .replace(' ON ONLY ', ' ON ')
      : line,
  );
}

it('ends, migrated, at what schema.prisma describes', async () => {
  const [migrated, described] = [await testDatabase(), await bareDatabase()];
  const script = await schemaScript(described.url);
  await on(described.url, (connection) => connection.query(script));
  const expected = await on(described.url, describeDatabase);
  expect(expected.length).toBeGreaterThan(100);
  expect(await on(migrated.url, describeDatabase)).toEqual(expected);
  await Promise.all([migrated.drop(), described.drop()]);
});

it('keeps codes and tokens free of foreign keys, and of any index but their id and, where rows are purged one by one, their expiry', async () => {
  const database = await testDatabase();
  const lines = await on(database.url, describeDatabase);
  for (const [table, indexes] of [
    ['authorization_codes', ['(expires_at)', '(id)']],
    ['access_tokens', ['(id)']],
    ['refresh_tokens', ['(expires_at)', '(id)']],
  ] as const) {
    const about = lines.filter((line) => line.includes(table));
    expect(about.filter((line) => line.includes('FOREIGN KEY'))).toEqual([]);
    expect(about.filter((line) => line.startsWith('CREATE')).map((line) => line.replace(/.*USING btree /, ''))).toEqual(indexes);
  }
  await database.drop();
});
