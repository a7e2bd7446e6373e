import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm';
import { Pool } from 'pg';
import { expect, it } from 'vitest';
import { StorageUnavailable } from '../../../src/application/ports/storage-unavailable.js';
import { migrate } from '../../../src/infrastructure/prisma/migrate.js';
import { migrationScripts } from '../../../src/infrastructure/prisma/migrate-folder.js';
import { type DatabaseWithRole, databaseWithRole } from '../../support/postgres.js';
import { schemaEngine } from '../../support/schema-engine.js';
import { connected, someMigrations, until } from './migrating.js';

const filters = { externalTables: [], externalEnums: [] };

/** What `prisma migrate deploy`, `status` and `resolve` ask of their engine, each a process of its own, with whose connection its lock ends. */
function prisma(databaseUrl: string, folder: string) {
  const asked = async <T>(question: (engine: SchemaEngine, migrationsList: MigrationList) => Promise<T>): Promise<T> => {
    const pool = new Pool({ connectionString: databaseUrl });
    try {
      return await question(await schemaEngine(pool), await migrationList(folder));
    } finally {
      await pool.end();
    }
  };
  return {
    deploy: async () => (await asked((engine, migrationsList) => engine.applyMigrations({ migrationsList, filters }))).appliedMigrationNames,
    status: () => asked((engine, migrationsList) => engine.diagnoseMigrationHistory({ migrationsList, filters, optInToShadowDatabase: false })),
    resolve: (migrationName: string) => asked((engine) => engine.markMigrationRolledBack({ migrationName })),
  };
}

async function migrationList(folder: string): Promise<MigrationList> {
  const scripts = await migrationScripts(folder);
  return {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content: await readFile(join(folder, 'migration_lock.toml'), 'utf8') },
    shadowDbInitScript: '',
    migrationDirectories: scripts.map(({ name, sql }) => ({ path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } } })),
  };
}

/** What the history is made of, and what it says but for ids and moments. */
async function historyOf({ query }: DatabaseWithRole) {
  const made = `SELECT column_name, data_type, character_maximum_length AS length, is_nullable, column_default FROM information_schema.columns
    WHERE table_name = '_prisma_migrations' ORDER BY ordinal_position`;
  const said = `SELECT checksum, migration_name, logs, applied_steps_count, length(id) AS id, finished_at >= started_at AS finished, rolled_back_at
    FROM _prisma_migrations ORDER BY started_at`;
  const constraints = "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = '_prisma_migrations'::regclass ORDER BY conname";
  return [await query(made), await query(constraints), await query(said)];
}

it("leaves the history that Prisma's own engine leaves, and each goes on from the other's", async () => {
  const { folder, add } = await someMigrations();
  await add('2_größer', '-- Wörter\r\nALTER TABLE first ADD COLUMN more int;\r\n');
  const [ours, theirs] = [await databaseWithRole(), await databaseWithRole()];
  expect(await migrate({ databaseUrl: ours.url, migrationsFolder: folder })).toEqual({ applied: ['1_first', '2_größer'] });
  expect(await prisma(theirs.url, folder).deploy()).toEqual(['1_first', '2_größer']);
  expect(await historyOf(ours)).toEqual(await historyOf(theirs));

  const upToDate = { editedMigrationNames: [], failedMigrationNames: [], hasMigrationsTable: true, history: null };
  expect(await prisma(ours.url, folder).status()).toEqual(upToDate);
  await add('3_third', 'CREATE TABLE third (id int)');
  expect(await prisma(ours.url, folder).deploy()).toEqual(['3_third']);
  expect(await migrate({ databaseUrl: ours.url, migrationsFolder: folder })).toEqual({ applied: [] });
  expect(await migrate({ databaseUrl: theirs.url, migrationsFolder: folder })).toEqual({ applied: ['3_third'] });
  expect(await prisma(theirs.url, folder).status()).toEqual(upToDate);
});

it("what Prisma's engine left half done is refused, until it was told there that it is taken back", async () => {
  const { folder, add } = await someMigrations();
  const { url } = await databaseWithRole();
  await add('2_second', 'CREATE TABLE first (id int)');
  const cli = prisma(url, folder);
  await expect(cli.deploy()).rejects.toThrow(/relation "first" already exists/);
  await add('2_second', 'CREATE TABLE third (id int)');
  await expect(migrate({ databaseUrl: url, migrationsFolder: folder })).rejects.toThrow(/^2_second was begun and not finished: .*--rolled-back/);
  await cli.resolve('2_second');
  expect(await migrate({ databaseUrl: url, migrationsFolder: folder })).toEqual({ applied: ['2_second'] });
});

it("applies each migration once, together with Prisma's engine", async () => {
  const { folder, add } = await someMigrations();
  for (let n = 2; n <= 9; n += 1) await add(`${n}_more`, `CREATE TABLE more_${n} (id int); SELECT pg_sleep(0.02)`);
  const { url } = await databaseWithRole();
  const cli = prisma(url, folder);
  const [theirs, ours] = await Promise.all([cli.deploy(), migrate({ databaseUrl: url, migrationsFolder: folder })]);
  expect([...theirs, ...ours.applied].sort()).toEqual((await migrationScripts(folder)).map(({ name }) => name));
});

it.each([
  ["Prisma's engine, which a version before this one used", 72707369],
  ['another instance', 0x6b65796d],
])('waits its turn behind %s, and gives up in time with who it is', async (_, lock) => {
  const { folder } = await someMigrations();
  const { url, query } = await databaseWithRole();
  const other = await connected(url, 'an older one');
  await other.query('SELECT pg_advisory_lock($1)', [lock]);
  const failing = migrate({ databaseUrl: url, migrationsFolder: folder, waitForLocks: 500 });
  await expect(failing).rejects.toThrow(/^another program migrates this database: pid \d+ \(an older one, since 20\S+Z\)$/);
  await expect(failing).rejects.toThrow(StorageUnavailable);
  expect(await query("SELECT to_regclass('_prisma_migrations') AS made")).toEqual([{ made: null }]);

  const migrating = migrate({ databaseUrl: url, migrationsFolder: folder });
  await until(async () => (await query("SELECT FROM pg_stat_activity WHERE query LIKE '%pg_try_advisory_lock%' AND pid <> pg_backend_pid()")).length > 0);
  await other.query('SELECT pg_advisory_unlock($1)', [lock]);
  expect(await migrating).toEqual({ applied: ['1_first'] });
});
