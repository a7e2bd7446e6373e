import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { StorageUnavailable } from '../../../src/application/ports/storage-unavailable.js';
import { StoreUnfit } from '../../../src/application/ports/store-unfit.js';
import { migrate } from '../../../src/infrastructure/prisma/migrate.js';
import { migrationNames, ownMigrations } from '../../../src/infrastructure/prisma/migrate-folder.js';
import { pendingMigrations } from '../../../src/infrastructure/prisma/migrate-pending.js';
import { bareDatabase, type TestDatabase, testDatabase } from '../../support/postgres.js';

let database: TestDatabase;
let databaseUrl: string;
let migrationsFolder: string;

beforeEach(async () => {
  database = await bareDatabase();
  databaseUrl = database.url;
  migrationsFolder = await mkdtemp(join(tmpdir(), 'keywright-migrations-'));
  await writeFile(join(migrationsFolder, 'migration_lock.toml'), 'provider = "postgresql"\n');
  await script('1_first', 'CREATE TABLE first (id int)');
  await script('2_second', 'CREATE TABLE second (id int)');
});

afterEach(async () => {
  await database.drop();
  await rm(migrationsFolder, { recursive: true });
});

async function script(name: string, sql: string): Promise<void> {
  await mkdir(join(migrationsFolder, name), { recursive: true });
  await writeFile(join(migrationsFolder, name, 'migration.sql'), sql);
}

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('migrate', () => {
  test('applies what is pending, in order, and keeps the record as `prisma migrate deploy` does', async () => {
    expect(await pendingMigrations(databaseUrl, migrationsFolder)).toEqual(['1_first', '2_second']);
    expect(await migrate({ databaseUrl, migrationsFolder })).toEqual({ applied: ['1_first', '2_second'] });
    expect(await pendingMigrations(databaseUrl, migrationsFolder)).toEqual([]);
    const rows = await query('SELECT migration_name, length(checksum) AS checksum, applied_steps_count, finished_at IS NULL AS open FROM _prisma_migrations');
    expect(rows).toEqual([
      { migration_name: '1_first', checksum: 64, applied_steps_count: 1, open: false },
      { migration_name: '2_second', checksum: 64, applied_steps_count: 1, open: false },
    ]);
  });

  test("finds this package's own migrations unless told otherwise", async () => {
    expect((await migrate({ databaseUrl })).applied).toEqual(await migrationNames(ownMigrations));
  });

  test('applies only what came since', async () => {
    await migrate({ databaseUrl, migrationsFolder });
    await script('3_third', 'CREATE TABLE third (id int)');
    expect(await migrate({ databaseUrl, migrationsFolder })).toEqual({ applied: ['3_third'] });
  });

  test('changes nothing when nothing is pending', async () => {
    const migrated = await testDatabase();
    const others = new Client({ connectionString: migrated.url });
    await others.connect();
    await others.query('BEGIN; LOCK TABLE _prisma_migrations IN SHARE MODE');
    expect(await migrate({ databaseUrl: migrated.url })).toEqual({ applied: [] });
    await others.end();
    await migrated.drop();
  });

  test('succeeds for all of three instances that start at once, and applies each migration once', async () => {
    const results = await Promise.all([1, 2, 3].map(() => migrate({ databaseUrl, migrationsFolder })));
    expect(results.flatMap(({ applied }) => applied)).toEqual(['1_first', '2_second']);
  });

  test('leaves no lock behind', async () => {
    await migrate({ databaseUrl, migrationsFolder });
    expect(
      await query(`SELECT * FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`),
    ).toEqual([]);
  });

  test('takes a script whole: a semicolon in a function or a comment ends no statement, and one that fails has changed nothing', async () => {
    await script(
      '3_third',
      `-- First; then this.\nCREATE FUNCTION two() RETURNS int LANGUAGE plpgsql AS $$ DECLARE a int := 1; BEGIN RETURN a + 1; END $$; CREATE TABLE third ();`,
    );
    await script('4_fourth', 'CREATE TABLE fourth (); CREATE TABLE first ()');
    await expect(migrate({ databaseUrl, migrationsFolder })).rejects.toThrow(/^4_fourth could not be applied/);
    expect(await query(`SELECT two(), to_regclass('third')::text AS third, to_regclass('fourth') AS fourth`)).toEqual([
      { two: 2, third: 'third', fourth: null },
    ]);
  });

  test('refuses a database that a newer version has used, and touches nothing', async () => {
    await migrate({ databaseUrl, migrationsFolder });
    await rm(join(migrationsFolder, '2_second'), { recursive: true });
    await script('1_other', 'CREATE TABLE other (id int)');
    await expect(migrate({ databaseUrl, migrationsFolder })).rejects.toThrow(/^the database was used by a newer version: it has 2_second,/);
    await expect(pendingMigrations(databaseUrl, migrationsFolder)).rejects.toThrow(StoreUnfit);
    expect(await query(`SELECT to_regclass('other') AS other`)).toEqual([{ other: null }]);
  });

  test('names the migration that fails and what the database said, leaves nothing of it, and goes on when the cause is gone', async () => {
    await script('2_second', 'CREATE TABLE second (id int); CREATE TABLE first (id int)');
    for (let start = 1; start <= 2; start += 1)
      await expect(migrate({ databaseUrl, migrationsFolder })).rejects.toThrow(/^2_second could not be applied: relation "first" already exists$/);
    expect(await pendingMigrations(databaseUrl, migrationsFolder)).toEqual(['2_second']);
    expect(await query(`SELECT migration_name FROM _prisma_migrations`)).toEqual([{ migration_name: '1_first' }]);
    await query('ALTER TABLE first RENAME TO elsewhere');
    expect(await migrate({ databaseUrl, migrationsFolder })).toEqual({ applied: ['2_second'] });
  });

  test.each([
    ['COPY … FROM STDIN', 'COPY first FROM STDIN'],
    ['a NUL', "SELECT '\0'"],
  ])('refuses a script that cannot be sent: %s', async (_, sql) => {
    await script('2_second', sql);
    const migrating = migrate({ databaseUrl, migrationsFolder });
    await expect(migrating).rejects.toThrow(/^2_second could not be applied: /);
    await expect(migrating).rejects.toThrow(StoreUnfit);
  });

  test('refuses a script that ends the transaction in which it is applied, and goes on with no other', async () => {
    await script('3_third', 'CREATE TABLE third (id int); ROLLBACK');
    await script('4_fourth', 'CREATE TABLE fourth (id int)');
    const migrating = migrate({ databaseUrl, migrationsFolder });
    await expect(migrating).rejects.toThrow(/^3_third ends the transaction in which it is applied, /);
    await expect(migrating).rejects.toThrow(StoreUnfit);
    expect(await pendingMigrations(databaseUrl, migrationsFolder)).toEqual(['3_third', '4_fourth']);
  });

  test('refuses to go on from a migration that others left half done, until an operator has acted', async () => {
    await script('3_third', 'CREATE TABLE third (id int)');
    await migrate({ databaseUrl, migrationsFolder });
    await query(`DROP TABLE third; UPDATE _prisma_migrations SET finished_at = NULL, applied_steps_count = 0 WHERE migration_name = '3_third'`);
    const half = migrate({ databaseUrl, migrationsFolder });
    await expect(half).rejects.toThrow(/^3_third was begun and not finished: /);
    await expect(half).rejects.toThrow(StoreUnfit);
    // As `prisma migrate resolve --rolled-back` does.
    await query('UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL');
    expect(await migrate({ databaseUrl, migrationsFolder })).toEqual({ applied: ['3_third'] });
    const rows = await query(
      `SELECT finished_at IS NULL AS open, rolled_back_at IS NULL AS counts FROM _prisma_migrations WHERE migration_name = '3_third' ORDER BY started_at`,
    );
    expect(rows).toEqual([
      { open: true, counts: false },
      { open: false, counts: true },
    ]);
  });

  test('refuses a schema with tables of others and no history, and touches nothing', async () => {
    await query('CREATE TABLE theirs (id int)');
    await expect(migrate({ databaseUrl, migrationsFolder })).rejects.toThrow(/^the schema has tables \(theirs\) and no record of migrations: /);
    expect(await query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)).toEqual([{ tablename: 'theirs' }]);
  });

  describe('what runs in no transaction', () => {
    const twice = 'INSERT INTO first VALUES (1), (1)';

    test('is applied all the same, while others wait for their turn: an index made concurrently, a block that commits', async () => {
      await script('3_third', 'CREATE INDEX CONCURRENTLY first_idx ON first (id)');
      await script('4_fourth', `DO $$ BEGIN ${twice}; COMMIT; DELETE FROM first; END $$`);
      const results = await Promise.all([1, 2, 3].map(() => migrate({ databaseUrl, migrationsFolder })));
      expect(results.flatMap(({ applied }) => applied)).toEqual(['1_first', '2_second', '3_third', '4_fourth']);
      expect(await query('SELECT indisvalid AS valid FROM pg_index WHERE indrelid = $$first$$::regclass')).toEqual([{ valid: true }]);
    });

    test('is refused beside other statements, which leaves nothing, and asked for by itself', async () => {
      await script('3_third', 'CREATE TABLE third (id int); CREATE INDEX CONCURRENTLY third_idx ON third (id)');
      for (let start = 1; start <= 2; start += 1)
        await expect(migrate({ databaseUrl, migrationsFolder })).rejects.toThrow(
          /^3_third could not be applied: CREATE INDEX CONCURRENTLY cannot .+: the statement needs a migration of its own$/,
        );
      await script('3_third', 'CREATE TABLE third (id int)');
      await script('4_fourth', 'CREATE INDEX CONCURRENTLY third_idx ON third (id)');
      expect(await migrate({ databaseUrl, migrationsFolder })).toEqual({ applied: ['3_third', '4_fourth'] });
    });

    test('is half done where it committed before it is refused', async () => {
      await script('3_third', `DO $$ BEGIN ${twice}; COMMIT; EXECUTE 'CREATE INDEX CONCURRENTLY ON first (id)'; END $$`);
      await expect(migrate({ databaseUrl, migrationsFolder })).rejects.toThrow(/^3_third could not be applied: /);
      await expect(migrate({ databaseUrl, migrationsFolder })).rejects.toThrow(/^3_third was begun and not finished: /);
    });

    test.each([
      ['an index that is not unique', 'CREATE UNIQUE INDEX CONCURRENTLY first_idx ON first (id)'],
      ['a script that commits in between', `BEGIN; ${twice}; COMMIT; CREATE TABLE first (id int)`],
    ])('is half done when it fails, which the history says, and the next start: %s', async (_, sql) => {
      await script('3_third', twice);
      await script('4_fourth', sql);
      await expect(migrate({ databaseUrl, migrationsFolder })).rejects.toThrow(/^4_fourth could not be applied: /);
      expect(await query('SELECT migration_name AS name, logs FROM _prisma_migrations WHERE finished_at IS NULL')).toEqual([
        { name: '4_fourth', logs: expect.stringMatching(/^(23505: could not create unique index|42P07: relation "first" already exists)/) },
      ]);
      await expect(migrate({ databaseUrl, migrationsFolder })).rejects.toThrow(/^4_fourth was begun and not finished: /);
    });
  });

  test('tells a server that cannot be reached from one that refuses us', async () => {
    const wrongPassword = databaseUrl.replace(/:[^:@]+@/, ':wrong@');
    await expect(migrate({ databaseUrl: wrongPassword })).rejects.toThrow(
      /^the database at 127\.0\.0\.1:\d+\/test_\w+ refuses us: password authentication failed/,
    );
    const noDatabase = databaseUrl.replace(/\/test_\w+$/, '/nowhere');
    await expect(migrate({ databaseUrl: noDatabase })).rejects.toThrow(/refuses us: database "nowhere" does not exist/);
    await expect(migrate({ databaseUrl: 'postgresql://x:y@127.0.0.1:1/z' })).rejects.toThrow(StorageUnavailable);
    await expect(migrate({ databaseUrl: 'postgresql://x:y@host.invalid/z' })).rejects.toThrow(StorageUnavailable);
  });
});
