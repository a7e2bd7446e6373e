import { Client } from 'pg';
import { expect, it } from 'vitest';
import { databaseFigures } from '../../../src/infrastructure/prisma/database-figures.js';
import { identityOf } from '../../../src/infrastructure/prisma/database-identity.js';
import { databaseFacts } from '../../../src/infrastructure/prisma/fitness/database-facts.js';
import { migrate } from '../../../src/infrastructure/prisma/migrate.js';
import { readHistory } from '../../../src/infrastructure/prisma/migrate-history.js';
import { movedTables } from '../../../src/infrastructure/prisma/moving/moved-table.js';
import { databaseWithRole } from '../../support/postgres.js';

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

it('tells the schema in which others may make functions, where there are others who may connect', async () => {
  const { url, query } = await databaseWithRole();
  await databaseWithRole();
  expect((await databaseFigures(url)).openSchema).toBeNull();
  await query('GRANT CREATE ON SCHEMA public TO PUBLIC');
  expect((await databaseFigures(url)).openSchema).toBe('public');
  await query(`REVOKE CONNECT ON DATABASE "${new URL(url).pathname.slice(1)}" FROM PUBLIC`);
  expect((await databaseFigures(url)).openSchema).toBeNull();
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
