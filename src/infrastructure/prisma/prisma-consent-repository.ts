import type { ConsentRepository } from '../../application/ports/consent-repository.js';
import type { Consent } from '../../domain/authorization/consent.js';
import type { PrismaClient } from './generated/client.js';
import { isText, isUuid } from './keys.js';

export class PrismaConsentRepository implements ConsentRepository {
  constructor(private readonly prisma: PrismaClient) {}

  async find(userId: string, clientId: string): Promise<Consent | null> {
    if (!isUuid(userId) || !isText(clientId)) return null;
    return this.prisma.consent.findUnique({ where: { userId_clientId: { userId, clientId } } });
  }

  async give({ userId, clientId, scopes, givenAt }: Consent): Promise<void> {
    await this.prisma.$executeRaw`
      INSERT INTO consents (user_id, client_id, scopes, given_at)
      VALUES (${userId}::uuid, ${clientId}::text, ${scopes}::text[], ${givenAt}::timestamptz)
      ON CONFLICT (user_id, client_id) DO UPDATE SET
        scopes = consents.scopes || ARRAY(
          SELECT scope FROM unnest(EXCLUDED.scopes) WITH ORDINALITY AS new (scope, place) WHERE scope <> ALL (consents.scopes) ORDER BY place
        ),
        given_at = GREATEST(consents.given_at, EXCLUDED.given_at)`;
  }

  async withdraw(userId: string, clientId: string): Promise<void> {
    if (isUuid(userId) && isText(clientId)) await this.prisma.consent.deleteMany({ where: { userId, clientId } });
  }
}
