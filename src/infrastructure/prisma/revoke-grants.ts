import type { EndReason } from '../../domain/authorization/grant.js';
import { inTime } from './answering-in-time.js';
import type { Prisma, PrismaClient } from './generated/client.js';

/** Grants revoked by one statement: few enough for it to be over in a fraction of a second. */
const stepSize = 5000;

/**
 * Revokes every live grant that meets the condition; answers how many. Each step locks its grants in the order of their ids, so that two
 * calls for overlapping sets wait for each other instead of deadlocking. `stop` may end it between two steps.
 */
export async function revokeGrants(prisma: PrismaClient, condition: Prisma.Sql, reason: EndReason, at: Date, stop = () => false): Promise<number> {
  let total = 0;
  for (let revoked = stepSize; revoked === stepSize && !stop(); total += revoked) {
    revoked = await inTime(
      () => prisma.$executeRaw`
        UPDATE grants SET revoked_at = ${at}::timestamptz, revoke_reason = ${reason}::text
        WHERE id = ANY (ARRAY(SELECT id FROM grants WHERE ${condition} AND revoked_at IS NULL ORDER BY id LIMIT ${stepSize}::int FOR UPDATE))`,
    );
  }
  return total;
}
