import { inTime } from './answering-in-time.js';
import type { PrismaClient } from './generated/client.js';

/** Consents deleted by one statement. */
const stepSize = 5000;

/** Forgets every consent that was given to a client. `stop` may end it between two steps. */
export async function withdrawConsents(prisma: PrismaClient, clientId: string, stop: () => boolean): Promise<void> {
  for (let deleted = stepSize; deleted === stepSize && !stop(); ) {
    deleted = await inTime(
      () => prisma.$executeRaw`
        DELETE FROM consents WHERE client_id = ${clientId}::text
          AND user_id = ANY (ARRAY(SELECT user_id FROM consents WHERE client_id = ${clientId}::text LIMIT ${stepSize}::int))`,
    );
  }
}
