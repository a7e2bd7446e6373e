import { PrismaPg } from '@prisma/adapter-pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { consumptionOf, keepingOf, now, rotationOf, someMachineToken } from '../../../src/adapter-kit/fixtures.js';
import { givenCode, givenTokens } from '../../../src/adapter-kit/given.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import { createPrismaStorage } from '../../../src/infrastructure/prisma/create-prisma-storage.js';
import { PrismaClient } from '../../../src/infrastructure/prisma/generated/client.js';
import { PrismaAccessTokenRepository } from '../../../src/infrastructure/prisma/prisma-access-token-repository.js';
import { PrismaAuthorizationCodeRepository } from '../../../src/infrastructure/prisma/prisma-authorization-code-repository.js';
import { PrismaClientRepository } from '../../../src/infrastructure/prisma/prisma-client-repository.js';
import { PrismaRefreshTokenRepository } from '../../../src/infrastructure/prisma/prisma-refresh-token-repository.js';
import { statementNames } from '../../../src/infrastructure/prisma/statement-names.js';
import { type TestDatabase, testDatabase } from '../../support/postgres.js';

let database: TestDatabase;
let storage: Storage;
let prisma: PrismaClient;
/** What went to the database since the test began. */
const sent: string[] = [];

beforeAll(async () => {
  database = await testDatabase();
  storage = createPrismaStorage({ databaseUrl: database.url });
  const statementNameGenerator = ({ sql }: { sql: string }) => {
    sent.push(sql);
    return '';
  };
  prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: database.url }, { statementNameGenerator }) });
});
beforeEach(() => {
  sent.length = 0;
});
afterAll(async () => {
  await prisma.$disconnect();
  await storage.close();
  await database.drop();
});

it('consumes a code in one statement, whatever the outcome', async () => {
  const codes = new PrismaAuthorizationCodeRepository(prisma);
  const { code, grant } = await givenCode(storage);
  for (const outcome of ['consumed', 'replayed']) expect(await codes.consume(consumptionOf(code, grant))).toBe(outcome);
  expect(sent).toHaveLength(2);
});

it('rotates a refresh token in one statement, whatever the outcome', async () => {
  const tokens = new PrismaRefreshTokenRepository(prisma);
  const { refreshToken, grant } = await givenTokens(storage);
  for (const outcome of ['rotated', 'repeated']) expect(await tokens.rotate(rotationOf(refreshToken, grant))).toMatchObject({ outcome });
  expect(sent).toHaveLength(2);
});

it('keeps a refresh token in one statement', async () => {
  const tokens = new PrismaRefreshTokenRepository(prisma);
  const { refreshToken, grant } = await givenTokens(storage);
  expect(await tokens.keep(keepingOf(refreshToken, grant))).toEqual({ outcome: 'kept' });
  expect(sent).toHaveLength(1);
});

it('finds an access token with its grant, and a client with its secrets, in one statement each', async () => {
  const { accessToken, grant } = await givenTokens(storage);
  expect(await new PrismaAccessTokenRepository(prisma).find(accessToken.id)).not.toBeNull();
  expect(await new PrismaClientRepository(prisma).find(grant.clientId)).not.toBeNull();
  expect(sent).toHaveLength(2);
});

it('removes a client in one statement, and tidies up after it in one for every 5,000 grants and consents', async () => {
  const { grant } = await givenTokens(storage);
  await prisma.$executeRaw`
    INSERT INTO grants (id, user_id, client_id, scopes, created_at, needed_until)
    SELECT gen_random_uuid(), user_id, client_id, scopes, created_at, needed_until FROM grants, generate_series(1, 12000) WHERE id = ${grant.id}::uuid`;
  sent.length = 0;
  expect(await new PrismaClientRepository(prisma).remove(grant.clientId, now)).toBe(true);
  expect(sent).toHaveLength(1 + 3 + 1);
  expect(await prisma.grant.count({ where: { clientId: grant.clientId, revokedAt: null } })).toBe(0);
});

it('sends the same text for every token, so that it is prepared once', async () => {
  const tokens = new PrismaAccessTokenRepository(prisma);
  const { grant } = await givenTokens(storage);
  for (const scopes of [[], ['a'], ['a', 'b']]) await tokens.add(someMachineToken(grant.clientId, { scopes }));
  expect(new Set(sent).size).toBe(1);
});

it('names every text once, and no more than 500 of them', () => {
  const nameOf = statementNames();
  const names = Array.from({ length: 600 }, (_, index) => nameOf({ sql: `SELECT ${index}` }));
  expect(new Set(names).size).toBe(501);
  expect(names.slice(500)).toEqual(Array(100).fill(''));
  expect(nameOf({ sql: 'SELECT 7' })).toBe(names[7]);
});
