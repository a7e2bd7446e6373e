import type { GrantFilter } from '../../application/ports/grant-repository.js';
import type { EndReason } from '../../domain/authorization/grant.js';
import { inTime } from './answering-in-time.js';
import type { PrismaClient } from './generated/client.js';
import { conditionOf } from './grant-filter.js';

/** Grants revoked by one statement: few enough for it to be over in a fraction of a second. */
const stepSize = 5000;

/**
 * More than so many are one entry in the log of revocations; fewer are named, which is more exact. Named beside that entry is what a clock that is ahead made later than
 * the moment of the end: by that moment nobody would know that it is meant.
 */
const namedAtMost = 20;

/**
 * Revokes every live grant of a person, a client or both; answers how many. Each step locks its grants in the order of their ids, so that two
 * calls for overlapping sets wait for each other instead of deadlocking, and adds to the log of revocations. `stop` may end it between two steps.
 */
export async function revokeGrants(prisma: PrismaClient, of: GrantFilter, reason: EndReason, at: Date, stop = () => false): Promise<number> {
  const { userId = null, clientId = null }: { userId?: string | null; clientId?: string | null } = of;
  let total = 0;
  for (let revoked = stepSize; revoked === stepSize && !stop(); total += revoked) {
    const [step] = await inTime(
      () => prisma.$queryRaw<{ revoked: number }[]>`
        WITH revoked AS (
          UPDATE grants SET revoked_at = ${at}::timestamptz, revoke_reason = ${reason}::text
          WHERE id = ANY (ARRAY(SELECT id FROM grants WHERE ${conditionOf(of)} AND revoked_at IS NULL ORDER BY id LIMIT ${stepSize}::int FOR UPDATE))
          RETURNING id, created_at
        ), step AS (SELECT count(*)::int AS revoked, count(*) > ${namedAtMost}::int AS together FROM revoked
        ), told AS (
          INSERT INTO revocations (kind, grant_id, client_id, user_id, at, expires_at, reason)
          SELECT kind, grant_id, client_id, user_id, ${at}::timestamptz, keywright_last_expiry(${at}::timestamptz), ${reason}::text
          FROM step, LATERAL (
            SELECT 'grants' AS kind, NULL::uuid AS grant_id, ${clientId}::text AS client_id, ${userId}::uuid AS user_id
            UNION ALL SELECT 'grant', id, NULL, NULL FROM revoked WHERE created_at > ${at}::timestamptz
          ) AS entries WHERE together
        )
        SELECT revoked, set_config('keywright.revoked_together', CASE WHEN together THEN 'yes' ELSE 'no' END, true) FROM step`,
    );
    revoked = step?.revoked ?? 0;
  }
  return total;
}
