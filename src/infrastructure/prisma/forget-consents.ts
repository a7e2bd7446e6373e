import type { GrantFilter } from '../../application/ports/grant-repository.js';
import { inTime } from './answering-in-time.js';
import { Prisma, type PrismaClient } from './generated/client.js';
import { conditionOf } from './grant-filter.js';

/** Consents deleted by one statement. */
export const stepSize = 5000;

/**
 * Forgets the consents of a person, a client or both, but for those given after `givenUntil`; answers how many. Each step locks its consents by person and
 * client, so that two calls for overlapping sets wait for each other instead of deadlocking. `stop` may end it between two steps.
 */
export async function forgetConsents(prisma: PrismaClient, of: GrantFilter, givenUntil: Date | null = null, stop = () => false): Promise<number> {
  const until = givenUntil === null ? Prisma.empty : Prisma.sql`AND given_at <= ${givenUntil}::timestamptz`;
  let total = 0;
  for (let deleted = stepSize; deleted === stepSize && !stop(); total += deleted) {
    deleted = await inTime(
      () => prisma.$executeRaw`
        WITH step AS MATERIALIZED (
          SELECT user_id, client_id FROM consents WHERE ${conditionOf(of)} ${until}
          ORDER BY user_id, client_id LIMIT ${stepSize}::int FOR UPDATE
        )
        DELETE FROM consents USING step WHERE consents.user_id = step.user_id AND consents.client_id = step.client_id`,
    );
  }
  return total;
}
