import { createPrismaStorage } from '../../src/infrastructure/prisma/create-prisma-storage.js';
import { describeRounds } from './describe-rounds.js';
import { prismaHarness } from './prisma-harness.js';

/** COALESCING=false: every call of a hot verb is a statement of its own. */
const coalescing = process.env.COALESCING !== 'false';

describeRounds(
  'the Prisma adapter',
  prismaHarness((databaseUrl) => createPrismaStorage({ databaseUrl, coalescing })),
);
