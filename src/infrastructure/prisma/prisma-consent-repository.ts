import type { ConsentRepository } from '../../application/ports/consent-repository.js';
import type { Consent } from '../../domain/authorization/consent.js';
import { Prisma, type PrismaClient } from './generated/client.js';
import { isText, isUuid } from './keys.js';

export class PrismaConsentRepository implements ConsentRepository {
  constructor(private readonly prisma: PrismaClient) {}

  async find(userId: string, clientId: string): Promise<Consent | null> {
    if (!isUuid(userId) || !isText(clientId)) return null;
    return this.prisma.consent.findUnique({ where: { userId_clientId: { userId, clientId } } });
  }

  async give({ userId, clientId, scopes, declinedScopes, givenAt, expiresAt }: Consent): Promise<void> {
    const unlimited = Prisma.sql`consents.expires_at IS NULL AND EXCLUDED.expires_at IS NULL`;
    await this.prisma.$executeRaw`
      INSERT INTO consents (user_id, client_id, scopes, declined_scopes, given_at, expires_at)
      VALUES (${userId}::uuid, ${clientId}::text, ${scopes}::text[], ${declinedScopes}::text[], ${givenAt}::timestamptz, ${expiresAt}::timestamptz)
      ON CONFLICT (user_id, client_id) DO UPDATE SET
        scopes = CASE WHEN ${unlimited} THEN ${united('scopes', 'declined_scopes')} ELSE EXCLUDED.scopes END,
        declined_scopes = CASE WHEN ${unlimited} THEN ${united('declined_scopes', 'scopes')} ELSE EXCLUDED.declined_scopes END,
        given_at = CASE WHEN ${unlimited} THEN GREATEST(consents.given_at, EXCLUDED.given_at) ELSE EXCLUDED.given_at END,
        expires_at = EXCLUDED.expires_at`;
  }

  async withdraw(userId: string, clientId: string): Promise<void> {
    if (isUuid(userId) && isText(clientId)) await this.prisma.consent.deleteMany({ where: { userId, clientId } });
  }
}

/** What was there and what is new, each once and in that order, without what the new consent says the opposite of. */
function united(column: 'scopes' | 'declined_scopes', opposite: 'scopes' | 'declined_scopes'): Prisma.Sql {
  const [all, without] = [Prisma.raw(column), Prisma.raw(opposite)];
  return Prisma.sql`ARRAY(
    SELECT scope FROM unnest(consents.${all} || EXCLUDED.${all}) WITH ORDINALITY AS one (scope, place)
    WHERE scope <> ALL (EXCLUDED.${without}) GROUP BY scope ORDER BY min(place)
  )`;
}
