import type { Expirable } from '../../application/ports/expirable.js';
import { Prisma, type PrismaClient } from './generated/client.js';

/**
 * What grows, leaves first. A step takes the oldest rows and leaves out those that another step or a verb holds at the moment. ARRAY(…) is
 * computed once; what stands in IN (…) the planner may run again for every row, and each time it would lock and delete `limit` others.
 */
export function prismaExpirables(prisma: PrismaClient): readonly Expirable[] {
  return [
    expirable(prisma, Prisma.sql`authorization_requests`),
    expirable(prisma, Prisma.sql`authorization_codes`),
    expirable(prisma, Prisma.sql`access_tokens`, Prisma.sql`access_tokens_rest`),
    expirable(prisma, Prisma.sql`refresh_tokens`),
    expirable(prisma, Prisma.sql`idempotency_keys`),
    expirable(prisma, Prisma.sql`upstream_requests`),
    expirable(prisma, Prisma.sql`revocations`),
    expirable(prisma, Prisma.sql`account_links`),
    expirable(prisma, Prisma.sql`sessions`),
    { purge: (deadBefore, limit) => purgeConsents(prisma, deadBefore, limit) },
    { purge: (deadBefore, limit) => purgeAttempts(prisma, deadBefore, limit) },
    { purge: (deadBefore, limit) => purgeGrants(prisma, deadBefore, limit) },
  ];
}

/** `within`: the part of the table that is purged row by row. */
function expirable(prisma: PrismaClient, table: Prisma.Sql, within = table): Expirable {
  return {
    purge: (deadBefore, limit) => prisma.$executeRaw`
      DELETE FROM ${table} WHERE id = ANY (ARRAY(
        SELECT id FROM ${within} WHERE expires_at < ${deadBefore}::timestamptz ORDER BY expires_at LIMIT ${limit}::int FOR UPDATE SKIP LOCKED
      ))`,
  };
}

/**
 * A grant stays while anything descends from it. Everything that does expires before the grant's `needed_until`, so a grant that is needed no
 * longer than the oldest row left in each table has nothing beneath it. Of a partition of access tokens that row is not looked for, but known not to be older.
 */
function purgeGrants(prisma: PrismaClient, deadBefore: Date, limit: number): Promise<number> {
  return prisma.$executeRaw`
    DELETE FROM grants WHERE id = ANY (ARRAY(
      SELECT id FROM grants
      WHERE needed_until < LEAST(
        ${deadBefore}::timestamptz,
        (SELECT min(expires_at) FROM authorization_codes),
        (SELECT min(expires_at) FROM access_tokens_rest),
        (SELECT min(first_expiry) FROM access_token_partitions),
        (SELECT min(expires_at) FROM refresh_tokens)
      )
      ORDER BY needed_until LIMIT ${limit}::int FOR UPDATE SKIP LOCKED
    ))`;
}

/** Only those that were given for a time have an end. */
function purgeConsents(prisma: PrismaClient, deadBefore: Date, limit: number): Promise<number> {
  return prisma.$executeRaw`
    WITH step AS MATERIALIZED (
      SELECT user_id, client_id FROM consents WHERE expires_at < ${deadBefore}::timestamptz ORDER BY expires_at LIMIT ${limit}::int FOR UPDATE SKIP LOCKED
    )
    DELETE FROM consents USING step WHERE consents.user_id = step.user_id AND consents.client_id = step.client_id`;
}

function purgeAttempts(prisma: PrismaClient, deadBefore: Date, limit: number): Promise<number> {
  return prisma.$executeRaw`
    DELETE FROM attempt_counts WHERE key = ANY (ARRAY(
      SELECT key FROM attempt_counts WHERE expire < ${deadBefore.getTime()}::bigint ORDER BY expire LIMIT ${limit}::int FOR UPDATE SKIP LOCKED
    ))`;
}
