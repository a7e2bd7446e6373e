import { afterAll, describe } from 'vitest';
import { createPrismaStorage } from '../../src/infrastructure/prisma/create-prisma-storage.js';
import { hasPooler, type Pooler, startPooler } from '../support/pooler.js';
import { describeRounds } from './describe-rounds.js';
import { prismaHarness } from './prisma-harness.js';

let pooler: Promise<Pooler> | undefined;
afterAll(async () => (await pooler)?.stop());

describe.skipIf(!hasPooler)('where PgBouncer is installed', () =>
  describeRounds(
    'the Prisma adapter behind it',
    prismaHarness(async (databaseDirectUrl) => {
      pooler ??= startPooler(databaseDirectUrl);
      return createPrismaStorage({ databaseUrl: (await pooler).through(databaseDirectUrl), databaseDirectUrl, schema: 'public', pooled: true });
    }),
  ),
);
