import { createHash, randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject, onTestFinished } from 'vitest';
import { startEmbeddedPostgres } from '../../src/infrastructure/embedded-postgres/start-embedded-postgres.js';
import { migrate } from '../../src/infrastructure/prisma/migrate.js';
import { migrationScripts, ownMigrations } from '../../src/infrastructure/prisma/migrate-folder.js';

export interface TestDatabase {
  readonly url: string;
  /** Disconnects whoever is still connected. */
  drop(): Promise<void>;
}

/** Nothing here has to survive a power failure. */
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' };

let template: Promise<{ readonly server: string; readonly name: string }> | undefined;

/** A database of its own, migrated and empty, on the real PostgreSQL of this test run. */
export async function testDatabase(): Promise<TestDatabase> {
  template ??= migratedTemplate();
  const { server, name } = await template;
  return createDatabase(server, `TEMPLATE ${name} STRATEGY FILE_COPY`);
}

/** The same without a single table: for the tests of `migrate`. */
export async function bareDatabase(): Promise<TestDatabase> {
  template ??= migratedTemplate();
  return createDatabase((await template).server, '');
}

export interface DatabaseWithRole {
  readonly url: string;
  /** An ordinary one, which owns the database and may log in. */
  readonly role: string;
  /** As the administrator, who may do everything. */
  query(sql: string): Promise<Record<string, unknown>[]>;
}

/** A database of a role of its own, in which nothing is yet; both last as long as the test that asks. `how`: what else `CREATE DATABASE` is told. */
export async function databaseWithRole(how = ''): Promise<DatabaseWithRole> {
  template ??= migratedTemplate();
  const { server } = await template;
  const role = `role_${randomBytes(8).toString('hex')}`;
  await onServer(server, (client) => client.query(`CREATE ROLE ${role} LOGIN PASSWORD '${role}'`));
  onTestFinished(() => onServer(server, async (client) => void (await client.query(`DROP ROLE ${role}`))));
  const { url, drop } = await createDatabase(server, `OWNER ${role} ${how}`);
  onTestFinished(drop);
  return {
    url: Object.assign(new URL(url), { username: role, password: role }).href,
    role,
    query: (sql) => onServer(url, async (client) => (await client.query<Record<string, unknown>>(sql)).rows),
  };
}

async function createDatabase(server: string, how: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(server, (client) => client.query(`CREATE DATABASE ${name} ${how}`));
  return {
    url: databaseAt(server, name),
    drop: () => onServer(server, async (client) => void (await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))),
  };
}

/** Migrated once per run and copied from then on; named after the migrations, so that a watched run notices a new one. */
async function migratedTemplate(): Promise<{ server: string; name: string }> {
  const { url: server } = await startEmbeddedPostgres({ dataDir: inject('postgresFolder'), log: () => undefined, settings });
  const scripts = JSON.stringify(await migrationScripts(ownMigrations));
  const name = `template_${createHash('sha256').update(scripts).digest('hex').slice(0, 16)}`;
  await onServer(server, async (client) => {
    await client.query('SELECT pg_advisory_lock(1)');
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate', [name]);
    if (rowCount !== 0) return;
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${name}`);
    await migrate({ databaseUrl: databaseAt(server, name) });
    await client.query(`ALTER DATABASE ${name} IS_TEMPLATE true`);
  });
  return { server, name };
}

async function onServer<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function databaseAt(server: string, database: string): string {
  return Object.assign(new URL(server), { pathname: `/${database}` }).href;
}
