import { RateLimiterPostgres } from 'rate-limiter-flexible';
import type { AttemptLimiter } from '../../application/ports/attempt-limiter.js';
import { FlexibleAttemptLimiter } from '../attempts/flexible-attempt-limiter.js';
import type { PrismaClient } from './generated/client.js';

interface Query {
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * The library's PostgreSQL limiter, whose every step is one statement; its Prisma limiter finds and then saves, and loses attempts made at once. Past twice
 * the budget an instance refuses by itself until the budget is whole again, so that a flood costs the database nothing.
 */
export function prismaAttemptLimiter(prisma: PrismaClient): AttemptLimiter {
  const storeClient = { query: (query: Query) => run(prisma, query) };
  return new FlexibleAttemptLimiter(
    ({ name, attempts, seconds }) =>
      new RateLimiterPostgres({
        storeClient,
        storeType: 'client',
        tableName: 'attempt_counts',
        // Made by a migration, and purged with everything else that expires.
        tableCreated: true,
        clearExpiredByTimeout: false,
        keyPrefix: name,
        points: attempts,
        duration: seconds,
        inMemoryBlockOnConsumed: 2 * attempts,
      }),
  );
}

/**
 * Commits without waiting for the disk: a crash that loses the counts of its last moments gives nobody much, and every sign-in would hold up the tokens that are
 * committed beside it several times. Milliseconds come back as a BigInt, which the library cannot reckon with.
 */
async function run(prisma: PrismaClient, { text, values }: Query) {
  const unsynced = text.replace(/;?\s*$/, ", set_config('synchronous_commit', 'off', true)");
  const rows = await prisma.$queryRawUnsafe<{ points: number; expire: bigint | null }[]>(/\bRETURNING\b/i.test(text) ? unsynced : text, ...values);
  return { rowCount: rows.length, rows: rows.map(({ points, expire }) => ({ points, expire: expire === null ? null : Number(expire) })) };
}
