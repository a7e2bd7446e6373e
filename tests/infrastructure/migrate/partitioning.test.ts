import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { now, plus } from '../../../src/adapter-kit/fixtures.js';
import { someMachineToken } from '../../../src/adapter-kit/token-fixtures.js';
import { uuid7 } from '../../../src/domain/tokens/uuid7.js';
import { createPrismaStorage } from '../../../src/infrastructure/prisma/create-prisma-storage.js';
import { migrate } from '../../../src/infrastructure/prisma/migrate.js';
import { migrationNames, ownMigrations } from '../../../src/infrastructure/prisma/migrate-folder.js';
import { addPartitions } from '../../../src/infrastructure/prisma/partitions/add-partitions.js';
import { dropPartitions } from '../../../src/infrastructure/prisma/partitions/drop-partitions.js';
import { momentOf } from '../../../src/infrastructure/prisma/partitions/token-window.js';
import { bareDatabase, type TestDatabase } from '../../support/postgres.js';

const hour = 3_600_000;
let database: TestDatabase;
let client: Client;
let earlier: string;

/** A database of the version before, with tokens in it. */
beforeAll(async () => {
  database = await bareDatabase();
  earlier = await mkdtemp(join(tmpdir(), 'keywright-earlier-'));
  const names = await migrationNames(ownMigrations);
  for (const name of [...names.filter((one) => one < '20261128180000'), 'migration_lock.toml'])
    await cp(join(ownMigrations, name), join(earlier, name), { recursive: true });
  await migrate({ databaseUrl: database.url, migrationsFolder: earlier });
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
  await rm(earlier, { recursive: true });
});

it('keeps every token of a table that is not partitioned yet, as the first partition, and goes on from there', async () => {
  const ids = Array.from({ length: 50 }, (_, index) => uuid7(plus(index * hour)));
  const expiries = ids.map((_, index) => plus((index + 1) * hour));
  await client.query(
    `INSERT INTO clients (id, name, type, pkce, refresh, consent, created_at) VALUES ('c', 'C', 'confidential', 'required', 'rotate', 'ask', now())`,
  );
  await client.query(
    `INSERT INTO access_tokens (id, digest, client_id, scopes, resources, issued_at, expires_at)
     SELECT id, '', 'c', '{a}', '{}', now(), expiry FROM unnest($1::uuid[], $2::timestamptz[]) AS one (id, expiry)`,
    [ids, expiries],
  );
  // As a statement that was prepared before the table became another one.
  const find = () => client.query<{ id: string }>({ name: 'find', text: 'SELECT id FROM access_tokens ORDER BY id' });
  expect((await find()).rows.map(({ id }) => id)).toEqual(ids);

  await migrate({ databaseUrl: database.url });
  expect((await find()).rows.map(({ id }) => id)).toEqual(ids);
  const storage = createPrismaStorage({ databaseUrl: database.url });
  const { rows } = await client.query<{ end: string }>('SELECT id_before AS "end" FROM access_token_partitions');
  const end = momentOf(rows[0]?.end ?? '');
  await addPartitions(client, end, 3600);
  const tokens = [plus(-1, end), end].map((at) => someMachineToken('c', { id: uuid7(at), issuedAt: at, expiresAt: plus(hour, at) }));
  for (const token of tokens) await storage.accessTokens.add(token);
  const places = await client.query('SELECT tableoid::regclass::text AS name, count(*)::int FROM access_tokens GROUP BY 1 ORDER BY 2 DESC');
  expect(places.rows).toEqual([
    { name: 'access_tokens_before', count: 51 },
    { name: expect.stringMatching(/^access_tokens_\d{8}_\d{4}$/), count: 1 },
  ]);
  await storage.accessTokens.revoke(ids[0] ?? '', 'revoked_by_client', now);
  expect((await client.query('SELECT FROM revocations')).rowCount).toBe(1);

  await dropPartitions(client, plus(hour, end));
  expect(await storage.accessTokens.find(tokens[0]?.id ?? '')).not.toBeNull();
  await dropPartitions(client, plus(25 * hour, end));
  expect((await find()).rows).toEqual([]);
  await storage.close();
});
