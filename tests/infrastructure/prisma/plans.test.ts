import { expect, it } from 'vitest';
import { givenCode, givenTokens } from '../../../src/adapter-kit/given.js';
import { consumptionOf, keepingOf, rotationOf, someRefreshToken } from '../../../src/adapter-kit/token-fixtures.js';
import { standing } from '../../../src/infrastructure/prisma/access-token-statements.js';
import { openHotPool } from '../../../src/infrastructure/prisma/coalescing/hot-pool.js';
import { coalesced } from '../../../src/infrastructure/prisma/coalescing/lane.js';
import { Lanes } from '../../../src/infrastructure/prisma/coalescing/lanes.js';
import { createPrismaStorage } from '../../../src/infrastructure/prisma/create-prisma-storage.js';
import type { PrismaClient } from '../../../src/infrastructure/prisma/generated/client.js';
import { PrismaAccessTokenRepository } from '../../../src/infrastructure/prisma/prisma-access-token-repository.js';
import { PrismaAuthorizationCodeRepository } from '../../../src/infrastructure/prisma/prisma-authorization-code-repository.js';
import { PrismaRefreshTokenRepository } from '../../../src/infrastructure/prisma/prisma-refresh-token-repository.js';
import type { StatementPool } from '../../../src/infrastructure/prisma/statements.js';
import { testDatabase } from '../../support/postgres.js';
import { watchedPool } from './watched-pool.js';

const lanes = new Lanes(coalesced);

const watched = watchedPool('text');

/** Every text that the hot verbs send that read or use a code or token. */
async function hotTexts(): Promise<string[]> {
  const [storage, pool, prisma] = [watched.storage(), watched.pool(), {} as PrismaClient];
  const codes = new PrismaAuthorizationCodeRepository(prisma, pool, lanes);
  const refreshTokens = new PrismaRefreshTokenRepository(pool, lanes);
  const accessTokens = new PrismaAccessTokenRepository(prisma, pool, lanes);
  const { code, grant } = await givenCode(storage);
  const refreshToken = someRefreshToken(grant);
  const consumption = consumptionOf(code, grant, { refreshToken });
  await codes.find(code.id);
  await codes.consume(consumption);
  await refreshTokens.find(refreshToken.id);
  await refreshTokens.keep(keepingOf(refreshToken, grant));
  for (const _ of ['rotated', 'repeated']) await refreshTokens.rotate(rotationOf(refreshToken, grant));
  const others = [await givenTokens(storage), await givenTokens(storage)];
  await Promise.all(others.map((other) => refreshTokens.rotate(rotationOf(other.refreshToken, other.grant))));
  for (const _ of ['read', 'read again', 'asked']) await accessTokens.find(consumption.accessToken.id);
  return [...new Set(watched.sent)];
}

/** How PostgreSQL would go about it, whatever the values: as the connections of the hot verbs have it planned. */
async function planOf(one: StatementPool, name: string, text: string): Promise<string> {
  const parameters = new Set([...text.matchAll(/\$(\d+)/g)].map(([, number]) => number)).size;
  await one.query(`prepare_${name}`, `PREPARE ${name} AS ${text}`, []);
  const rows = await one.query<{ 'QUERY PLAN': string }>(`explain_${name}`, `EXPLAIN EXECUTE ${name} (${Array(parameters).fill('NULL').join(', ')})`, []);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

async function look(one: StatementPool, knowing: string, texts: readonly string[]): Promise<void> {
  for (const [index, text] of texts.entries()) {
    const plan = await planOf(one, `${knowing}_${index}`, text);
    expect(plan).not.toMatch(/Seq Scan|Hash Join|Merge Join/);
    // Nor an index from end to end, as a join would with a table that seems empty.
    const scans = plan.match(/Index (?:Only )?Scan/g) ?? [];
    expect(scans.length).toBeGreaterThan(0);
    expect(plan.match(/Index Cond/g)?.length, plan).toBe(scans.length);
    // Clients and people are few beside what they hold.
    const indexes = plan.match(/(?<=Scan using )(?!clients|users)\w+/g) ?? [];
    const expected = text === standing ? ['grants_revoked_idx', 'revocations_token_id_idx'] : indexes.filter((name) => name.endsWith('_pkey'));
    expect([...indexes].sort()).toEqual([...expected].sort());
  }
}

it('never reads a table of tokens from end to end, whatever the planner thinks of its size', async () => {
  const texts = await hotTexts();
  expect(texts).toHaveLength(9);
  const young = await testDatabase();
  const one = openHotPool({ databaseUrl: young.url, poolSize: 1 });
  try {
    await look(one, 'nothing', texts);
    // As many as have PostgreSQL gather statistics by itself; no grant is revoked.
    const filling = createPrismaStorage({ databaseUrl: young.url });
    await Promise.all(Array.from({ length: 60 }, () => givenTokens(filling)));
    await filling.close();
    await one.query('analyze', 'ANALYZE', []);
    await look(one, 'what_is_there', texts);
  } finally {
    await one.close();
    await young.drop();
  }
});
