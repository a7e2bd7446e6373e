import { Client as Connection } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { now, plus, rotationOf, someAccessToken, someRefreshToken } from '../../../src/adapter-kit/fixtures.js';
import { givenGrant, givenTokens } from '../../../src/adapter-kit/given.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import { find } from '../../../src/infrastructure/prisma/access-token-statements.js';
import { createPrismaStorage } from '../../../src/infrastructure/prisma/create-prisma-storage.js';
import { rotate } from '../../../src/infrastructure/prisma/refresh-token-statements.js';
import { type TestDatabase, testDatabase } from '../../support/postgres.js';

let database: TestDatabase;
let storage: Storage;
let connection: Connection;

beforeAll(async () => {
  database = await testDatabase();
  storage = createPrismaStorage({ databaseUrl: database.url });
  connection = new Connection({ connectionString: database.url });
  await connection.connect();
});

afterAll(async () => {
  await connection.end();
  await storage.close();
  await database.drop();
});

describe('of the grants', () => {
  /** The indexes of grants that a statement reads, as PostgreSQL counts them. */
  async function grantIndexesRead(text: string, values: readonly unknown[]): Promise<string[]> {
    await connection.query('BEGIN; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off');
    const { rows } = await connection.query<{ 'QUERY PLAN': string }>(`EXPLAIN (ANALYZE, COSTS OFF) ${text}`, [...values]);
    await connection.query('ROLLBACK');
    const plan = rows.map((row) => row['QUERY PLAN']);
    return plan.flatMap((step) => (step.includes('never executed') ? [] : (/\b(?:on|using) (grants_\w+|grants)\b/.exec(step)?.[1] ?? [])));
  }

  it('a check of an access token asks those only that were revoked', async () => {
    const { grant } = await givenTokens(storage);
    const { id } = await tokenOf({ ...grant, authenticatedAt: now });
    expect(await grantIndexesRead(find, [[id], [id, id]])).toEqual(['grants_revoked_idx']);
  });

  it.each([1, 2])('a rotation of %i asks those only that were revoked', async (count) => {
    const families = await Promise.all(Array.from({ length: count }, () => givenTokens(storage)));
    const { text, values } = rotate(families.map(({ refreshToken, grant }) => rotationOf(refreshToken, grant)));
    expect(new Set(await grantIndexesRead(text, values))).toEqual(new Set(['grants_revoked_idx']));
  });

  async function tokenOf(grant: Parameters<typeof someAccessToken>[0]) {
    const token = someAccessToken(grant);
    await storage.accessTokens.add(token);
    return token;
  }
});

describe('a token of before, with which nothing is kept of its grant', () => {
  it('is told with when the person proved who they are, and so is what it is replaced by', async () => {
    const { grant, accessToken, refreshToken } = await givenTokens(storage, { grant: { authenticatedAt: plus(-5) } });
    for (const table of ['access_tokens', 'refresh_tokens'])
      await connection.query(`UPDATE ${table} SET authenticated_at = NULL WHERE grant_id = $1`, [grant.id]);
    const [successor, next] = [someRefreshToken(grant), someAccessToken(grant)];
    const finds = () =>
      Promise.all([
        storage.accessTokens.find(accessToken.id),
        storage.refreshTokens.find(refreshToken.id),
        storage.refreshTokens.find(successor.id),
        storage.accessTokens.find(next.id),
      ]);
    await storage.refreshTokens.rotate(rotationOf(refreshToken, grant, { successor, accessToken: next }));
    for (const found of await finds()) expect(found?.authenticatedAt).toEqual(plus(-5));
    await storage.grants.revoke(grant.id, 'revoked_by_person', plus(1));
    for (const found of await finds()) expect(found?.ended?.reason).toBe('revoked_by_person');
  });
});

describe('a grant that is needed', () => {
  const remove = (id: string) => connection.query('DELETE FROM grants WHERE id = $1', [id]);
  const tomorrow = () => new Date(Date.now() + 86_400_000);

  it('cannot be deleted, which would leave its tokens alive, before it is revoked', async () => {
    const grant = await givenGrant(storage);
    await storage.grants.need(grant.id, tomorrow());
    await expect(remove(grant.id)).rejects.toMatchObject({
      message: expect.stringContaining(`grant ${grant.id} is needed until`),
      hint: expect.stringContaining('revoked_at'),
    });
    expect(await storage.grants.find(grant.id)).toEqual(grant);
    await storage.grants.revoke(grant.id, 'revoked_by_operator', now);
    expect((await remove(grant.id)).rowCount).toBe(1);
  });

  it.each(['users', 'clients'] as const)('goes with its row in %s, and so do its tokens', async (table) => {
    const { grant, accessToken, refreshToken } = await givenTokens(storage);
    await storage.grants.need(grant.id, tomorrow());
    await connection.query(`DELETE FROM ${table} WHERE id = $1`, [table === 'users' ? grant.userId : grant.clientId]);
    expect(await storage.grants.find(grant.id)).toBeNull();
    const found = await storage.accessTokens.findWithUser(accessToken.id);
    expect(found?.user ?? null).toBeNull();
    expect(await storage.refreshTokens.rotate(rotationOf(refreshToken, grant))).toEqual({ outcome: 'revoked' });
  });

  it('can be deleted when it is needed no longer', async () => {
    const grant = await givenGrant(storage);
    expect((await remove(grant.id)).rowCount).toBe(1);
  });
});
