import type { AccessTokenRepository } from '../../application/ports/access-token-repository.js';
import type { EndReason } from '../../domain/authorization/grant.js';
import type { AccessToken, StoredAccessToken } from '../../domain/tokens/access-token.js';
import type { PrismaClient } from './generated/client.js';
import { isUuid } from './keys.js';
import { insertAccessToken } from './token-inserts.js';

export class PrismaAccessTokenRepository implements AccessTokenRepository {
  constructor(private readonly prisma: PrismaClient) {}

  async add(token: AccessToken): Promise<void> {
    await this.prisma.$executeRaw`${insertAccessToken(token)}`;
  }

  /** A token of a grant or client that is not there is not found either: the joins see to it. */
  async find(id: string): Promise<StoredAccessToken | null> {
    if (!isUuid(id)) return null;
    const [row] = await this.prisma.$queryRaw<Row[]>`
      SELECT t.id, t.digest, t.client_id AS "clientId", t.user_id AS "userId", t.grant_id AS "grantId", t.scopes, t.resources,
        t.issued_at AS "issuedAt", t.expires_at AS "expiresAt", COALESCE(t.revoked_at, g.revoked_at, c.removed_at) AS "endedAt",
        COALESCE(t.revoke_reason, g.revoke_reason, 'revoked_by_operator') AS "endReason"
      FROM access_tokens t JOIN clients c ON c.id = t.client_id LEFT JOIN grants g ON g.id = t.grant_id
      WHERE t.id = ${id}::uuid AND (t.grant_id IS NULL OR g.id IS NOT NULL)`;
    return row ? toDomain(row) : null;
  }

  async revoke(id: string, reason: EndReason, at: Date): Promise<void> {
    if (!isUuid(id)) return;
    // What has ended already, by its grant or its client, keeps that reason.
    await this.prisma.$executeRaw`
      UPDATE access_tokens t SET revoked_at = ${at}::timestamptz, revoke_reason = ${reason}::text
      WHERE t.id = ${id}::uuid AND t.revoked_at IS NULL
        AND EXISTS (SELECT FROM clients c WHERE c.id = t.client_id AND c.removed_at IS NULL)
        AND (t.grant_id IS NULL OR EXISTS (SELECT FROM grants g WHERE g.id = t.grant_id AND g.revoked_at IS NULL))`;
  }
}

interface Row extends AccessToken {
  readonly endedAt: Date | null;
  /** Means nothing while `endedAt` is null. */
  readonly endReason: EndReason;
}

function toDomain({ endedAt, endReason, ...token }: Row): StoredAccessToken {
  return { ...token, ended: endedAt && { at: endedAt, reason: endReason } };
}
