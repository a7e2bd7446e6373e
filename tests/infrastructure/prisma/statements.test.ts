import { PrismaPg } from '@prisma/adapter-pg';
import { DatabaseError } from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { now } from '../../../src/adapter-kit/fixtures.js';
import { givenCode, givenTokens } from '../../../src/adapter-kit/given.js';
import { consumptionOf, keepingOf, rotationOf, someMachineToken } from '../../../src/adapter-kit/token-fixtures.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import { coalesced } from '../../../src/infrastructure/prisma/coalescing/lane.js';
import { Lanes } from '../../../src/infrastructure/prisma/coalescing/lanes.js';
import { PrismaClient } from '../../../src/infrastructure/prisma/generated/client.js';
import { PrismaAccessTokenRepository } from '../../../src/infrastructure/prisma/prisma-access-token-repository.js';
import { prismaAttemptLimiter } from '../../../src/infrastructure/prisma/prisma-attempt-limiter.js';
import { PrismaAuthorizationCodeRepository } from '../../../src/infrastructure/prisma/prisma-authorization-code-repository.js';
import { PrismaClientRepository } from '../../../src/infrastructure/prisma/prisma-client-repository.js';
import { PrismaRefreshTokenRepository } from '../../../src/infrastructure/prisma/prisma-refresh-token-repository.js';
import { statementNames } from '../../../src/infrastructure/prisma/statement-names.js';
import type { StatementPool, Statements } from '../../../src/infrastructure/prisma/statements.js';
import { watchedPool } from './watched-pool.js';

const lanes = new Lanes(coalesced);

const watched = watchedPool('text');
/** What went to the database since the test began. */
const { sent } = watched;
let storage: Storage;
let prisma: PrismaClient;
let pool: StatementPool;

beforeAll(() => {
  storage = watched.storage();
  pool = watched.pool();
  const statementNameGenerator = ({ sql }: { sql: string }) => {
    sent.push(sql);
    return '';
  };
  prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: watched.database().url }, { statementNameGenerator }) });
});
afterAll(() => prisma.$disconnect());

it('consumes a code in one statement, whatever the outcome', async () => {
  const codes = new PrismaAuthorizationCodeRepository(prisma, pool, lanes);
  const { code, grant } = await givenCode(storage);
  for (const outcome of ['consumed', 'replayed']) expect(await codes.consume(consumptionOf(code, grant))).toBe(outcome);
  expect(sent).toHaveLength(2);
});

it('rotates a refresh token in one statement, and judges in a second one why it cannot be rotated', async () => {
  const tokens = new PrismaRefreshTokenRepository(pool, lanes);
  const { refreshToken, grant } = await givenTokens(storage);
  for (const outcome of ['rotated', 'repeated']) expect(await tokens.rotate(rotationOf(refreshToken, grant))).toMatchObject({ outcome });
  expect(sent).toHaveLength(1 + 2);
});

it('keeps a refresh token in one statement', async () => {
  const tokens = new PrismaRefreshTokenRepository(pool, lanes);
  const { refreshToken, grant } = await givenTokens(storage);
  expect(await tokens.keep(keepingOf(refreshToken, grant))).toEqual({ outcome: 'kept' });
  expect(sent).toHaveLength(1);
});

it('finds an access token with its grant, and a client with its secrets, in one statement each', async () => {
  const { accessToken, grant } = await givenTokens(storage);
  expect(await new PrismaAccessTokenRepository(prisma, pool, lanes).find(accessToken.id)).not.toBeNull();
  expect(await new PrismaClientRepository(prisma).find(grant.clientId)).not.toBeNull();
  expect(sent).toHaveLength(2);
});

it('removes a client in one statement, and tidies up after it in one for every 5,000 grants and consents', async () => {
  const { grant } = await givenTokens(storage);
  await prisma.$executeRaw`
    INSERT INTO grants (id, user_id, client_id, scopes, created_at, needed_until)
    SELECT gen_random_uuid(), user_id, client_id, scopes, created_at, needed_until FROM grants, generate_series(1, 12000) WHERE id = ${grant.id}::uuid`;
  sent.length = 0;
  // Tidying up has half a second, which a busy machine may need for one step: here no time passes.
  const clock = vi.spyOn(Date, 'now').mockReturnValue(now.getTime());
  expect(await new PrismaClientRepository(prisma).remove(grant.clientId, now)).toBe(true);
  clock.mockRestore();
  expect(sent).toHaveLength(1 + 3 + 1);
  expect(await prisma.grant.count({ where: { clientId: grant.clientId, revokedAt: null } })).toBe(0);
});

it('issues 50 tokens that come together in two statements, and finds them in two', async () => {
  const tokens = new PrismaAccessTokenRepository(prisma, pool, lanes);
  const { grant } = await givenTokens(storage);
  const fifty = Array.from({ length: 50 }, () => someMachineToken(grant.clientId));
  await Promise.all(fifty.map((token) => tokens.add(token)));
  expect(sent).toHaveLength(2);
  const found = await Promise.all(fifty.map(({ id }) => tokens.find(id)));
  expect(found.map((token) => token?.id)).toEqual(fifty.map(({ id }) => id));
  expect(sent).toHaveLength(2 + 2);
});

it('counts an attempt against several budgets in one statement, and those of 50 callers in two, whatever they share', async () => {
  const attempts = prismaAttemptLimiter(pool, lanes);
  const budgets = ['account', 'address'].map((name) => ({ name, attempts: 30, seconds: 60 }));
  const verbs = budgets.flatMap((budget) => [attempts.take(budget, 'bea'), attempts.take(budget, 'bea')]);
  expect(await Promise.all(verbs)).toEqual(verbs.map(() => ({ outcome: 'taken' })));
  expect(sent).toHaveLength(1);
  const callers = Array.from({ length: 50 }, (_, at) => budgets.map((budget) => attempts.take(budget, budget.name === 'account' ? 'ada' : `address ${at}`)));
  const [account, address] = await Promise.all([0, 1].map((index) => Promise.all(callers.map((takings) => takings[index]))));
  // Which of the two statements comes first is not said.
  expect(account?.map((taking) => taking?.outcome).sort()).toEqual([...Array(20).fill('exhausted'), ...Array(30).fill('taken')]);
  expect(address?.every((taking) => taking?.outcome === 'taken')).toBe(true);
  expect(sent).toHaveLength(1 + 2);
});

it('gives attempts back with whatever is taken next, which finds them given back, and by themselves when nobody comes', async () => {
  const attempts = prismaAttemptLimiter(pool, lanes);
  const budget = { name: 'once', attempts: 1, seconds: 60 };
  for (let at = 1; at <= 3; at += 1) {
    expect(await attempts.take(budget, 'cleo')).toEqual({ outcome: 'taken' });
    attempts.giveBack(budget, 'cleo');
    expect(sent).toHaveLength(at);
  }
  await attempts.giveBack(budget, 'nobody');
  expect(sent).toHaveLength(4);
});

it('rotates 50 tokens of different people in two statements, and one token of 50 callers in two for each', async () => {
  const tokens = new PrismaRefreshTokenRepository(pool, lanes);
  const families = await Promise.all(Array.from({ length: 50 }, () => givenTokens(storage)));
  const rotated = await Promise.all(families.map(({ refreshToken, grant }) => tokens.rotate(rotationOf(refreshToken, grant))));
  expect(rotated).toEqual(families.map(() => ({ outcome: 'rotated' })));
  expect(sent).toHaveLength(2);
  const [{ refreshToken, grant }] = families as [(typeof families)[number]];
  const again = await Promise.all(families.map(() => tokens.rotate(rotationOf(refreshToken, grant))));
  expect(again.map(({ outcome }) => outcome)).toEqual(families.map(() => 'repeated'));
  expect(sent).toHaveLength(2 + 2 * 50);
});

it('rotates each token once, also when the verdict on those that it left fails and is asked for again', async () => {
  let judged = 0;
  const failing: Statements = {
    query: (name, text, values) => {
      if (name !== 'judge_refresh_tokens') return pool.query(name, text, values);
      judged += 1;
      return judged === 1
        ? Promise.reject(Object.assign(new DatabaseError('canceling statement due to lock timeout', 0, 'error'), { code: '55P03' }))
        : pool.query(name, text, values);
    },
  };
  const tokens = new PrismaRefreshTokenRepository(failing, lanes);
  const families = await Promise.all(Array.from({ length: 3 }, () => givenTokens(storage)));
  const use = ({ refreshToken, grant }: (typeof families)[number]) => tokens.rotate(rotationOf(refreshToken, grant));
  for (const used of families.slice(1)) expect(await use(used)).toEqual({ outcome: 'rotated' });
  expect((await Promise.all(families.map(use))).map(({ outcome }) => outcome)).toEqual(['rotated', 'repeated', 'repeated']);
  expect(judged).toBe(1 + 2);
});

it('sends the same text for every token, so that it is prepared once', async () => {
  const tokens = new PrismaAccessTokenRepository(prisma, pool, lanes);
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
