import type { ConsentRepository } from '../../application/ports/consent-repository.js';
import type { GrantFilter } from '../../application/ports/grant-repository.js';
import type { Consent } from '../../domain/authorization/consent.js';
import { isUuid } from '../../domain/is-uuid.js';
import { forgetConsents } from './forget-consents.js';
import { Prisma, type PrismaClient } from './generated/client.js';
import { mayMatch } from './grant-filter.js';
import { isText } from './keys.js';

export class PrismaConsentRepository implements ConsentRepository {
  constructor(private readonly prisma: PrismaClient) {}

  async find(userId: string, clientId: string): Promise<Consent | null> {
    if (!isUuid(userId) || !isText(clientId)) return null;
    return this.prisma.consent.findUnique({ where: { userId_clientId: { userId, clientId } } });
  }

  async give({ userId, clientId, scopes, declinedScopes, redirectUris, givenAt, expiresAt }: Consent): Promise<void> {
    const unlimited = Prisma.sql`consents.expires_at IS NULL AND EXCLUDED.expires_at IS NULL`;
    const known = Prisma.sql`${unlimited} AND EXCLUDED.redirect_uris <@ consents.redirect_uris`;
    // What is agreed to now is what was agreed to before.
    const same = Prisma.sql`${unlimited} AND EXCLUDED.scopes <@ consents.scopes AND (EXCLUDED.scopes @> consents.scopes
      OR EXCLUDED.redirect_uris <@ consents.redirect_uris AND NOT EXCLUDED.declined_scopes && consents.scopes)`;
    await this.prisma.$executeRaw`
      INSERT INTO consents (user_id, client_id, scopes, declined_scopes, redirect_uris, given_at, expires_at)
      VALUES (${userId}::uuid, ${clientId}::text, ${scopes}::text[], ${declinedScopes}::text[], ${redirectUris}::text[],
        ${givenAt}::timestamptz, ${expiresAt}::timestamptz)
      ON CONFLICT (user_id, client_id) DO UPDATE SET
        scopes = CASE WHEN ${known} THEN ${united('scopes', 'declined_scopes')} ELSE EXCLUDED.scopes END,
        declined_scopes = CASE WHEN ${known} THEN ${united('declined_scopes', 'scopes')} ELSE EXCLUDED.declined_scopes END,
        redirect_uris = CASE WHEN ${same} THEN ${united('redirect_uris')} ELSE EXCLUDED.redirect_uris END,
        given_at = CASE WHEN ${unlimited} THEN GREATEST(consents.given_at, EXCLUDED.given_at) ELSE EXCLUDED.given_at END,
        expires_at = EXCLUDED.expires_at`;
  }

  async forget(of: GrantFilter, givenUntil?: Date): Promise<number> {
    return mayMatch(of) ? forgetConsents(this.prisma, of, givenUntil) : 0;
  }
}

/** What was there and what is new, each once and in that order, without what the new consent says the opposite of. */
function united(column: 'scopes' | 'declined_scopes' | 'redirect_uris', opposite?: 'scopes' | 'declined_scopes'): Prisma.Sql {
  const all = Prisma.raw(column);
  const without = opposite === undefined ? Prisma.empty : Prisma.sql`WHERE word <> ALL (EXCLUDED.${Prisma.raw(opposite)})`;
  return Prisma.sql`ARRAY(
    SELECT word FROM unnest(consents.${all} || EXCLUDED.${all}) WITH ORDINALITY AS one (word, place)
    ${without} GROUP BY word ORDER BY min(place)
  )`;
}
