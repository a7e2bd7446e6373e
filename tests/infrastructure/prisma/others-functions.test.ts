import { Client } from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { now, someClient } from '../../../src/adapter-kit/fixtures.js';
import { givenClient } from '../../../src/adapter-kit/given.js';
import { openStorage } from '../../../src/infrastructure/open-storage.js';
import { createPrismaStorage } from '../../../src/infrastructure/prisma/create-prisma-storage.js';
import { databaseFigures } from '../../../src/infrastructure/prisma/database-figures.js';
import { identityOf } from '../../../src/infrastructure/prisma/database-identity.js';
import { databaseFacts } from '../../../src/infrastructure/prisma/fitness/database-facts.js';
import { migrate } from '../../../src/infrastructure/prisma/migrate.js';
import { readHistory } from '../../../src/infrastructure/prisma/migrate-history.js';
import { movedTables } from '../../../src/infrastructure/prisma/moving/moved-table.js';
import { leavingPostgres } from '../../../src/infrastructure/prisma/moving/postgres-move.js';
import { hasPooler, startPooler } from '../../support/pooler.js';
import { type DatabaseWithRole, databaseWithRole } from '../../support/postgres.js';

const nowhere = { dataDir: '', redisUrl: '', redisPrefix: '', databasePoolSize: 4 };

async function poolerBefore(url: string) {
  const pooler = await startPooler(url);
  onTestFinished(() => pooler.stop());
  return pooler;
}

/** Functions that PostgreSQL would take for those of the catalogue, since they fit an argument better, in a schema that is searched. */
const lookalikes = [
  'quote_ident(name) RETURNS text',
  'has_schema_privilege(name, text) RETURNS boolean',
  'to_regclass(name) RETURNS regclass',
  'pg_get_userbyid(regrole) RETURNS name',
  'json_build_object(text, name, text, name) RETURNS json',
  'json_build_object(text, name, text, text) RETURNS json',
  'has_function_privilege(regprocedure, text) RETURNS boolean',
];

it('asks a database what it is by functions of the catalogue alone, whatever others have put beside them', async () => {
  const { url, query } = await databaseWithRole();
  await migrate({ databaseUrl: url });
  for (const one of lookalikes) await query(`CREATE FUNCTION ${one} LANGUAGE plpgsql AS $$ BEGIN RAISE 'run as %', current_user; END $$`);
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    expect(await databaseFacts(client)).toMatchObject({ schema: 'public', mayCreate: true, barred: null, others: null });
    expect((await identityOf(client)).cluster).toMatch(/^\d+$/);
    expect(await readHistory(client, [])).toMatchObject({ unknown: expect.arrayContaining([expect.any(String)]) });
    expect((await movedTables(client)).length).toBeGreaterThan(10);
  } finally {
    await client.end();
  }
});

/** Others may make functions in a schema to which the role is led after its own, and have made some. */
async function crowdedDatabase(): Promise<DatabaseWithRole> {
  const [other, database] = [await databaseWithRole(), await databaseWithRole()];
  const raising = (signature: string) => `CREATE FUNCTION shared.${signature} LANGUAGE plpgsql AS $$ BEGIN RAISE 'run as %', current_user; END $$`;
  await database.query(`CREATE SCHEMA shared; GRANT ALL ON SCHEMA shared TO PUBLIC; ALTER ROLE ${database.role} SET search_path = public, shared`);
  const planted = ['unnest(text[]) RETURNS SETOF text', 'format(text, text) RETURNS text'];
  await database.query(`SET ROLE ${other.role}; ${planted.map(raising).join('; ')}`);
  return database;
}

it.for([
  ['directly', true, async ({ url }: DatabaseWithRole) => ({ databaseUrl: url, pooled: false })],
  ['behind a pooler', hasPooler, async ({ url }: DatabaseWithRole) => ({ databaseUrl: (await poolerBefore(url)).through(url), pooled: true })],
] as const)('runs none of them from its start on, reached %s', async ([, isInstalled, reached], { skip }) => {
  skip(!isInstalled);
  const database = await crowdedDatabase();
  const { databaseUrl, pooled } = await reached(database);
  const { storage, close } = await openStorage({ ...nowhere, storage: 'postgresql', databaseUrl, databaseDirectUrl: database.url, databasePooled: pooled });
  onTestFinished(close);
  const moving = await leavingPostgres(database.url, 'rows');
  onTestFinished(() => moving.close());
  await moving.begin('elsewhere');

  // Who goes where the search path leads runs them: by a function that a verb calls, and by a trigger.
  const led = createPrismaStorage({ databaseUrl: database.url });
  await expect(led.clients.add(someClient())).rejects.toThrow(`run as ${database.role}`);
  const client = await givenClient(storage);
  await expect(led.clients.setDisabled(client.id, { at: now, by: 'house' })).rejects.toThrow(`run as ${database.role}`);
  await led.close();

  expect(await storage.clients.setDisabled(client.id, { at: now, by: 'house' })).toBe(true);
  expect(await moving.changes(10)).toContainEqual(expect.objectContaining({ kind: 'clients', key: JSON.stringify([client.id]) }));
  await moving.abandon();
});

it('tells the least of the limits of connections', async () => {
  const { url, role, query } = await databaseWithRole();
  const allowed = async () => (await databaseFigures(url)).connectionsAllowed;
  expect(await allowed()).toBeGreaterThan(7);
  await query(`ALTER ROLE ${role} CONNECTION LIMIT 7`);
  expect(await allowed()).toBe(7);
  await query(`ALTER DATABASE "${new URL(url).pathname.slice(1)}" CONNECTION LIMIT 5`);
  expect(await allowed()).toBe(5);
});
