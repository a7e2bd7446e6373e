import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, it } from 'vitest';
import { expect } from '../../../src/adapter-kit/expect.js';
import { farthest, now, plus } from '../../../src/adapter-kit/fixtures.js';
import { givenCode, givenGrant, givenTokens } from '../../../src/adapter-kit/given.js';
import { purgeAll } from '../../../src/adapter-kit/purge-all.js';
import { consumptionOf, rotationOf, someAccessToken, someMachineToken } from '../../../src/adapter-kit/token-fixtures.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import type { RefreshToken } from '../../../src/domain/tokens/refresh-token.js';
import { firstUuid7, uuid7 } from '../../../src/domain/tokens/uuid7.js';
import { find } from '../../../src/infrastructure/prisma/access-token-statements.js';
import { createPrismaStorage } from '../../../src/infrastructure/prisma/create-prisma-storage.js';
import { addPartitions } from '../../../src/infrastructure/prisma/partitions/add-partitions.js';
import { dropPartitions, emptyPartitions } from '../../../src/infrastructure/prisma/partitions/drop-partitions.js';
import { type TestDatabase, testDatabase } from '../../support/postgres.js';

const hour = 3_600_000;
/** The window of the fixtures' moment, at the usual lifetime of an hour. */
const window = { from: new Date('2026-03-04T00:00:00Z'), before: new Date('2026-03-04T06:00:00Z') };

let database: TestDatabase;
let storage: Storage;
let client: Client;

beforeAll(async () => {
  database = await testDatabase();
  storage = createPrismaStorage({ databaseUrl: database.url });
  client = await connected();
});
afterAll(async () => {
  await client.end();
  await storage.close();
  await database.drop();
});
beforeEach(async () => {
  await client.query("DELETE FROM access_tokens; UPDATE access_token_partitions SET last_expiry = 'epoch'");
  await dropPartitions(client, now);
});

async function connected(): Promise<Client> {
  const one = new Client({ connectionString: database.url });
  await one.connect();
  return one;
}

async function partitions(): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'access_tokens'::regclass ORDER BY 1",
  );
  return rows.map(({ name }) => name.replace('access_tokens_', ''));
}

/** A token of a client's own, issued at a moment. */
async function issued(at: Date, expiresAt = plus(hour, at)) {
  const { clientId } = await givenGrant(storage);
  const token = someMachineToken(clientId, { id: uuid7(at), issuedAt: at, expiresAt });
  await storage.accessTokens.add(token);
  return token;
}

/** Past our own statements, by an administrator or a tool. */
async function addedBy(connection: Client, table: string, { id, expiresAt }: { id: string; expiresAt: Date }, clientId: string): Promise<void> {
  await connection.query(`INSERT INTO ${table} (id, digest, client_id, issued_at, expires_at) VALUES ($1, '', $2, now(), $3)`, [id, clientId, expiresAt]);
}

async function lastExpiry(): Promise<Date> {
  const { rows } = await client.query<{ last: Date }>('SELECT keywright_last_expiry($1) AS last', [now]);
  return (rows[0] as { last: Date }).last;
}

async function liesIn(id: string): Promise<string> {
  const { rows } = await client.query<{ name: string }>('SELECT tableoid::regclass::text AS name FROM access_tokens WHERE id = $1', [id]);
  return (rows[0]?.name ?? 'nowhere').replace('access_tokens_', '');
}

it('makes a partition for the moment and one ahead, and each of them once, when four instances do so at once', async () => {
  const instances = await Promise.all([connected(), connected(), connected(), connected()]);
  await Promise.all(instances.map((instance) => addPartitions(instance, now, 3600)));
  await Promise.all(instances.map((instance) => instance.end()));
  expect(await partitions()).toEqual(['20260304_0000', '20260304_0600', 'rest']);
  await addPartitions(client, plus(5 * hour), 3600);
  expect(await partitions()).toEqual(['20260304_0000', '20260304_0600', '20260304_1200', 'rest']);
  await addPartitions(client, plus(48 * hour), 3600);
  expect(await partitions()).toEqual(['20260304_0000', '20260304_0600', '20260304_1200', '20260306_0000', '20260306_0600', 'rest']);
});

it('makes wider ones for tokens that live longer, from where the last one ends', async () => {
  await addPartitions(client, now, 3600);
  await addPartitions(client, now, 48 * 3600);
  expect(await partitions()).toEqual(['20260304_0000', '20260304_0600', '20260304_1200', 'rest']);
  expect((await client.query('SELECT id_before FROM access_token_partitions ORDER BY 1')).rows.at(-1)).toEqual({
    id_before: firstUuid7(plus(24 * hour, window.from)),
  });
});

it('finds, revokes, consumes and rotates in whatever partitions the tokens lie', async () => {
  await addPartitions(client, now, 3600);
  const moments = [plus(-1, window.from), window.from, plus(-1, window.before), window.before, plus(-1e12), farthest];
  const tokens = await Promise.all(moments.map((moment) => issued(moment, farthest)));
  const places: string[] = [];
  for (const { id } of tokens) places.push(await liesIn(id));
  expect(places).toEqual(['rest', '20260304_0000', '20260304_0000', '20260304_0600', 'rest', 'rest']);
  // Together and each alone.
  expect(await Promise.all(tokens.map(({ id }) => storage.accessTokens.find(id)))).toEqual(tokens.map((token) => ({ ...token, ended: null })));
  for (const token of tokens) {
    expect(await storage.accessTokens.find(token.id)).toEqual({ ...token, ended: null });
    await storage.accessTokens.revoke(token.id, 'revoked_by_client', plus(1));
    expect((await storage.accessTokens.find(token.id))?.ended).toEqual({ at: plus(1), reason: 'revoked_by_client' });
    await expect(storage.accessTokens.add({ ...token, clientId: 'another' })).rejects.toThrow();
  }
  expect((await client.query("SELECT FROM revocations WHERE kind = 'token'")).rowCount).toBe(tokens.length);

  const { grant, code } = await givenCode(storage);
  const next = (moment: Date) => someAccessToken(grant, { id: uuid7(moment), expiresAt: farthest });
  const consumption = consumptionOf(code, grant, { accessToken: next(plus(-1, window.before)) });
  expect(await storage.authorizationCodes.consume(consumption)).toBe('consumed');
  const rotation = rotationOf(consumption.refreshToken as RefreshToken, grant, { accessToken: next(window.before) });
  expect(await storage.refreshTokens.rotate(rotation)).toEqual({ outcome: 'rotated' });
  for (const { accessToken } of [consumption, rotation]) expect((await storage.accessTokens.find(accessToken.id))?.ended).toBeNull();
});

it('keeps what is issued while there is no partition in the rest, and purges it there row by row', async () => {
  const token = await issued(now);
  await addPartitions(client, now, 3600);
  expect(await partitions()).toEqual(['20260304_0600', 'rest']);
  const late = await issued(plus(-1, window.before));
  expect(await liesIn(late.id)).toBe('rest');
  await purgeAll(storage, plus(1, token.expiresAt));
  expect(await storage.accessTokens.find(token.id)).toBeNull();
  expect(await storage.accessTokens.find(late.id)).not.toBeNull();
});

it('drops a partition when every token in it expired before the moment given, and not a millisecond earlier', async () => {
  await addPartitions(client, now, 3600);
  const last = await issued(plus(-1, window.before), plus(hour, window.before));
  const next = await issued(window.before);
  await dropPartitions(client, last.expiresAt);
  expect(await liesIn(last.id)).not.toBe('nowhere');
  await dropPartitions(client, plus(1, last.expiresAt));
  expect(await partitions()).toEqual(['20260304_0600', 'rest']);
  expect(await liesIn(last.id)).toBe('nowhere');
  expect(await liesIn(next.id)).not.toBe('nowhere');
});

it('keeps a partition as long as one token in it lives, however it was added', async () => {
  await addPartitions(client, now, 3600);
  const { grant, refreshToken } = await givenTokens(storage);
  const byUse = someAccessToken(grant, { expiresAt: plus(40 * 24 * hour) });
  await storage.refreshTokens.rotate(rotationOf(refreshToken, grant, { accessToken: byUse }));
  const byHand = { id: uuid7(plus(6 * hour)), expiresAt: plus(50 * 24 * hour) };
  await addedBy(client, 'access_tokens', byHand, grant.clientId);
  for (const { id, expiresAt } of [byUse, byHand]) {
    expect(await liesIn(id)).not.toBe('rest');
    await dropPartitions(client, expiresAt);
    expect(await liesIn(id)).not.toBe('nowhere');
    await dropPartitions(client, plus(2 * hour, expiresAt));
    expect(await liesIn(id)).toBe('nowhere');
  }
});

it.each(['access_tokens', 'access_tokens_20260304_0000'])('keeps a partition for a token that was being added to %s when it looked', async (table) => {
  await addPartitions(client, now, 3600);
  const { clientId } = await givenGrant(storage);
  const adding = await connected();
  const token = { id: uuid7(now), expiresAt: plus(40 * 24 * hour) };
  await adding.query('BEGIN');
  await addedBy(adding, table, token, clientId);
  const dropping = dropPartitions(client, plus(24 * hour));
  await adding.query('SELECT pg_sleep(0.05); COMMIT');
  await adding.end();
  await dropping;
  expect(await partitions()).toContain('20260304_0000');
  await dropPartitions(client, plus(24 * hour));
  expect(await partitions()).toEqual(['20260304_0000', 'rest']);
  expect(await storage.accessTokens.find(token.id)).not.toBeNull();
});

it('asks the index of those that live long whether a partition is dead, and does not read the partition', async () => {
  await addPartitions(client, now, 3600);
  await client.query(
    `INSERT INTO access_tokens (id, digest, client_id, issued_at, expires_at)
     SELECT ($1 || lpad(number::text, 12, '0'))::uuid, '', '', now(), $2 FROM generate_series(1, 5000) AS number`,
    [uuid7(now).slice(0, 24), plus(hour)],
  );
  const plans: string[] = [];
  const explaining = {
    query: async (text: string, values?: unknown[]) => {
      if (text.startsWith('SELECT count')) {
        const { rows } = await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN (COSTS OFF) ${text}`);
        plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
      }
      return client.query(text, values);
    },
  } as unknown as Client;
  await issued(now, plus(40 * 24 * hour));
  await dropPartitions(explaining, plus(3 * hour));
  expect(await partitions()).toHaveLength(3);
  await emptyPartitions(explaining, plus(3 * hour), plus(hour + 1, window.before));
  expect(await partitions()).toEqual(['20260304_0600', 'rest']);
  // Before the lock alone, and then before and under it.
  expect(plans).toHaveLength(3);
  for (const plan of plans) expect(plan).toContain('access_tokens_20260304_0000_outliving_idx');
});

it('keeps the few that live long in the rest, as they are, and drops their partition', async () => {
  await addPartitions(client, now, 3600);
  const [dead, revoked, living] = [await issued(now), await issued(now, plus(40 * 24 * hour)), await issued(now, plus(50 * 24 * hour))];
  await storage.accessTokens.revoke(revoked.id, 'revoked_by_client', plus(1));
  const young = await issued(window.before, plus(45 * 24 * hour));
  const deadBefore = plus(30 * 24 * hour);
  await emptyPartitions(client, deadBefore, plus(hour, window.before));
  expect(await partitions()).toHaveLength(3);
  await emptyPartitions(client, deadBefore, plus(hour + 1, window.before), 1);
  expect(await partitions()).toHaveLength(3);
  await emptyPartitions(client, deadBefore, plus(hour + 1, window.before), 2);
  expect(await partitions()).toEqual(['20260304_0600', 'rest']);
  expect(await storage.accessTokens.find(dead.id)).toBeNull();
  expect(await storage.accessTokens.find(revoked.id)).toEqual({ ...revoked, ended: { at: plus(1), reason: 'revoked_by_client' } });
  for (const token of [living, young]) expect(await storage.accessTokens.find(token.id)).toEqual({ ...token, ended: null });
  expect((await lastExpiry()).getTime()).toBeGreaterThan(living.expiresAt.getTime());
  await purgeAll(storage, plus(1, revoked.expiresAt));
  expect(await storage.accessTokens.find(revoked.id)).toBeNull();
  expect(await storage.accessTokens.find(living.id)).not.toBeNull();
});

it('keeps a grant while a token beneath it lies in a partition', async () => {
  await addPartitions(client, now, 3600);
  const { grant, accessToken, refreshToken } = await givenTokens(storage);
  expect(await liesIn(accessToken.id)).toBe('20260304_0000');
  await client.query('UPDATE grants SET needed_until = $1', [accessToken.expiresAt]);
  await client.query('DELETE FROM refresh_tokens WHERE id = $1', [refreshToken.id]);
  await purgeAll(storage, plus(1, accessToken.expiresAt));
  expect(await storage.grants.find(grant.id)).not.toBeNull();
  // The next partition may hold one that expires as soon as it begins.
  await purgeAll(storage, plus(7 * hour + 1, window.before));
  expect(await storage.grants.find(grant.id)).toBeNull();
});

it('says that tokens live at least as long as the longest in any partition', async () => {
  await addPartitions(client, now, 3600);
  const token = await issued(now, plus(90 * 24 * hour));
  expect((await lastExpiry()).getTime()).toBeGreaterThan(token.expiresAt.getTime());
});

it('makes nobody wait for a lock that somebody holds for long, and drops the partition later', async () => {
  await addPartitions(client, now, 3600);
  const reader = await connected();
  await reader.query('BEGIN; SELECT count(*) FROM access_tokens');
  await dropPartitions(client, plus(24 * hour));
  expect(await partitions()).toHaveLength(3);
  await reader.query('COMMIT');
  await reader.end();
  await dropPartitions(client, plus(24 * hour));
  expect(await partitions()).toEqual(['rest']);
});

it('names the partition before anything is read', async () => {
  await addPartitions(client, plus(-24 * hour), 3600);
  await addPartitions(client, now, 3600);
  const planned = new Client({ connectionString: database.url, options: '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off' });
  await planned.connect();
  await planned.query(`PREPARE found (uuid[], uuid[]) AS ${find}`);
  const { rows } = await planned.query<{ 'QUERY PLAN': string }>(`EXPLAIN (COSTS OFF) EXECUTE found ('{${uuid7(now)}}', '{${uuid7(now)},${uuid7(plus(1))}}')`);
  await planned.end();
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain('Subplans Removed: 4');
  expect(plan.match(/Index Scan using access_tokens_\w+/g)).toEqual(['Index Scan using access_tokens_20260304_0000_pkey']);
});

it('changes nothing while the store moves: rows that go with their partition are not noted one by one', async () => {
  await addPartitions(client, now, 3600);
  await client.query("INSERT INTO store_moves (id, destination, phase) VALUES (1, 'elsewhere', 'copying')");
  await dropPartitions(client, plus(24 * hour));
  expect(await partitions()).toHaveLength(3);
  await client.query('DELETE FROM store_moves');
});
