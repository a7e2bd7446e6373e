import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client } from 'pg';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { StorageUnavailable } from '../../../src/application/ports/storage-unavailable.js';
import { StoreUnfit } from '../../../src/application/ports/store-unfit.js';
import { migrate } from '../../../src/infrastructure/prisma/migrate.js';
import { applyWithEngine } from '../../../src/infrastructure/prisma/migrate-engine.js';
import { migrationNames, ownMigrations } from '../../../src/infrastructure/prisma/migrate-folder.js';
import { pendingMigrations } from '../../../src/infrastructure/prisma/migrate-pending.js';
import { builtFile } from '../../support/built-file.js';
import { bareDatabase, type TestDatabase, testDatabase } from '../../support/postgres.js';

/** The only way to the WebAssembly. */
vi.mock('../../../src/infrastructure/prisma/migrate-engine.js', { spy: true });

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

  test('changes nothing and loads no engine when nothing is pending', async () => {
    const migrated = await testDatabase();
    vi.mocked(applyWithEngine).mockClear();
    expect(await migrate({ databaseUrl: migrated.url })).toEqual({ applied: [] });
    expect(applyWithEngine).not.toHaveBeenCalled();
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

  test('names the migration that fails and what the database said, and refuses to go on until an operator has acted', async () => {
    await script('2_second', 'CREATE TABLE first (id int)');
    await expect(migrate({ databaseUrl, migrationsFolder })).rejects.toThrow(/^2_second could not be applied: .*relation "first" already exists$/);
    await expect(migrate({ databaseUrl, migrationsFolder })).rejects.toThrow(/2_second/);
    expect(await pendingMigrations(databaseUrl, migrationsFolder)).toEqual(['2_second']);
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

  describe('compiled, where the engine runs in a process of its own', () => {
    let compiled: typeof migrate;

    beforeAll(async () => {
      const path = await builtFile('infrastructure/prisma/migrate.js');
      compiled = (await import(/* @vite-ignore */ pathToFileURL(path).href)).migrate;
    });

    test('applies what is pending, and then finds nothing to do', async () => {
      expect(await compiled({ databaseUrl, migrationsFolder })).toEqual({ applied: ['1_first', '2_second'] });
      expect(await compiled({ databaseUrl, migrationsFolder })).toEqual({ applied: [] });
    });

    test('names the migration that fails', async () => {
      await script('2_second', 'CREATE TABLE first (id int)');
      await expect(compiled({ databaseUrl, migrationsFolder })).rejects.toThrow(/^2_second could not be applied: .*relation "first" already exists$/);
    });

    test('succeeds for all of three instances that start at once', async () => {
      const results = await Promise.all([1, 2, 3].map(() => compiled({ databaseUrl, migrationsFolder })));
      expect(results.flatMap(({ applied }) => applied)).toEqual(['1_first', '2_second']);
    });
  });
});
