import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it, type MockInstance, vi } from 'vitest';
import { plus } from '../../../src/adapter-kit/fixtures.js';
import { givenClient, givenConnection, givenUser } from '../../../src/adapter-kit/given.js';
import type { ConnectionPlace } from '../../../src/domain/authorization/connection.js';
import { createPrismaStorage } from '../../../src/infrastructure/prisma/create-prisma-storage.js';
import { stepSize } from '../../../src/infrastructure/prisma/forget-consents.js';
import { PrismaClient } from '../../../src/infrastructure/prisma/generated/client.js';
import { PrismaConnectionRepository } from '../../../src/infrastructure/prisma/prisma-connection-repository.js';
import { PrismaConsentRepository } from '../../../src/infrastructure/prisma/prisma-consent-repository.js';
import { prismaExpirables } from '../../../src/infrastructure/prisma/prisma-expirables.js';
import { type TestDatabase, testDatabase } from '../../support/postgres.js';

let database: TestDatabase;
let one: pg.Client;
let prisma: PrismaClient;
let pool: pg.Pool;
let sent: MockInstance;

const userId = '0192f000-0000-7000-8000-000000000001';
const busyClient = 'client-00001';

beforeAll(async () => {
  database = await testDatabase();
  one = new pg.Client({ connectionString: database.url });
  await one.connect();
  pool = new pg.Pool({ connectionString: database.url });
  prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  // A person who agreed to 2,000 apps, an app to which 20,000 people agreed, and others to which they agreed too, among 10,000.
  const storage = createPrismaStorage({ databaseUrl: database.url });
  await givenUser(storage, { id: userId });
  await givenClient(storage, { id: busyClient });
  await one.query(`
    INSERT INTO users SELECT (jsonb_populate_record(u, jsonb_build_object(
      'id', '0192f000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'), 'email', n || '@example.com', 'username', 'user ' || n))).*
    FROM users u, generate_series(2, 20000) n`);
  await one.query(`
    INSERT INTO clients SELECT (jsonb_populate_record(c, jsonb_build_object('id', 'client-' || lpad(n::text, 5, '0')))).* FROM clients c, generate_series(2, 10000) n`);
  await one.query(`
    INSERT INTO consents (user_id, client_id, scopes, given_at)
    SELECT '${userId}'::uuid, id, ARRAY['default'], now() FROM clients WHERE id <= 'client-02000' UNION ALL SELECT id, '${busyClient}', ARRAY['default'], now() FROM users WHERE id <> '${userId}'::uuid
    UNION ALL SELECT u.id, c.id, ARRAY['default'], now() FROM users u, clients c WHERE u.id <> '${userId}'::uuid AND c.id BETWEEN 'client-01996' AND 'client-02000'`);
  await one.query("UPDATE consents SET expires_at = '2020-01-01' WHERE client_id > 'client-01998'");
  await givenConnection(storage, userId, 'client-00003');
  // Half of the person's apps act, and the busy one for everybody.
  await one.query(`
    INSERT INTO grants SELECT (jsonb_populate_record(g, jsonb_build_object('id', gen_random_uuid(), 'user_id', whose.user_id, 'client_id', whose.client_id))).*
    FROM grants g, consents whose WHERE whose.client_id <= 'client-01000'`);
  await one.query("INSERT INTO grant_usage SELECT id, now(), '{}' FROM grants");
  await storage.close();
  await one.query('VACUUM ANALYZE');
});
beforeEach(() => {
  sent = vi.spyOn(pool, 'query');
});
afterAll(async () => {
  await prisma.$disconnect();
  await pool.end();
  await one.end();
  await database.drop();
});

/** How PostgreSQL goes about what the verb sends, and how many rows it looks at. `instead`: values to look at in place of some that were sent, whatever their order. */
async function planOf(verb: () => Promise<unknown>, instead: ReadonlyMap<unknown, unknown> = new Map()): Promise<string> {
  await verb();
  const statements = sent.mock.calls.map(([statement]) => statement as { readonly text: string; readonly values: readonly unknown[] });
  const { text, values } = statements.find((statement) => statement.text.includes('consents')) ?? { text: '', values: [] };
  expect(values).toEqual(expect.arrayContaining([...instead.keys()]));
  await one.query('BEGIN');
  const seen = values.map((value) => (instead.has(value) ? instead.get(value) : value));
  const { rows } = await one.query<{ 'QUERY PLAN': string }>(`EXPLAIN (ANALYZE, COSTS off, TIMING off, SUMMARY off) ${text}`, seen);
  await one.query('ROLLBACK');
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

/** The most rows that any step of the plan gave or threw away. */
const mostRows = (plan: string) => Math.max(...[...plan.matchAll(/rows=(\d+)|Removed by \w+: (\d+)/g)].map(([, given, removed]) => Number(given ?? removed)));

const listed = (after: ConnectionPlace) => planOf(() => new PrismaConnectionRepository(prisma).listOf(userId, plus(0), { after, limit: 50 }));

/** Nothing is read from end to end, and nothing but what is kept of the person, and of single clients and grants of theirs, by their keys. */
function expectByKey(plan: string): void {
  expect(plan).not.toMatch(/Seq Scan|Hash Join|Merge Join/);
  const scans = plan.match(/Index (?:Only )?Scan|Bitmap Index Scan/g) ?? [];
  expect(plan.match(/Index Cond/g), plan).toHaveLength(scans.length);
}

it('lists what acts for a person in the order of an index, no further than the page, and without a look at what they agreed to', async () => {
  const plan = await listed({ live: true, clientId: 'client-00500' });
  expectByKey(plan);
  expect(plan).toContain('grants_user_id_client_id_idx');
  expect(plan).toMatch(/Scan.* on consents.*\(never executed\)/);
  // What is to be sorted within a client is taken up by the batch.
  expect(mostRows(plan), plan).toBeLessThanOrEqual(100);
});

it.each([
  ['on the page where what acts ends', { live: true, clientId: 'client-00990' }, 2000],
  ['on a page behind that', { live: false, clientId: 'client-01500' }, 500],
])('lists by key what a person agreed to, and looks at nobody else’s and at no other client: %s', async (_, after, most) => {
  const plan = await listed(after);
  expectByKey(plan);
  expect(plan).toContain('consents_pkey');
  expect(mostRows(plan), plan).toBeLessThanOrEqual(most);
});

it('forgets what people agreed to for a client in the order of an index, a step at a time', async () => {
  const consents = new PrismaConsentRepository(prisma);
  const instead = new Map<unknown, unknown>([
    ['nobody-agreed', busyClient],
    [stepSize, 100],
  ]);
  const plan = await planOf(() => consents.forget({ clientId: 'nobody-agreed' }), instead);
  expect(plan).toContain('consents_client_id_user_id_idx');
  expect(plan).not.toMatch(/Sort|Seq Scan/);
  expect(mostRows(plan), plan).toBeLessThanOrEqual(100);
});

it('finds those whose time is over without looking at the others', async () => {
  const plan = await planOf(() => Promise.all(prismaExpirables(prisma).map((expirable) => expirable.purge(plus(0), 10))));
  expect(plan).toContain('consents_expires_at_idx');
  expect(mostRows(plan), plan).toBeLessThanOrEqual(10);
});
