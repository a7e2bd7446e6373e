import type { GrantFilter, GrantRepository } from '../../application/ports/grant-repository.js';
import type { Consent } from '../../domain/authorization/consent.js';
import type { EndReason, Grant } from '../../domain/authorization/grant.js';
import { isUuid } from '../../domain/is-uuid.js';
import type { GrantUsage, PrismaClient, Grant as Row } from './generated/client.js';
import { mayMatch } from './grant-filter.js';
import { revokeGrants } from './revoke-grants.js';

export class PrismaGrantRepository implements GrantRepository {
  constructor(private readonly prisma: PrismaClient) {}

  async add(grant: Grant): Promise<void> {
    await this.prisma.grant.create({ data: toRow(grant) });
  }

  /** The consent is locked until the grant is there to be found: whoever withdraws it waits for that. */
  async addUnder({ userId, clientId, scopes, redirectUris, givenAt, expiresAt }: Consent, grant: Grant): Promise<boolean> {
    const added = await this.prisma.$executeRaw`
      INSERT INTO grants (id, user_id, client_id, scopes, created_at, authenticated_at, expires_at, needed_until)
      SELECT ${grant.id}::uuid, ${grant.userId}::uuid, ${grant.clientId}::text, ${grant.scopes}::text[], ${grant.createdAt}::timestamptz,
        ${grant.authenticatedAt}::timestamptz, ${grant.expiresAt}::timestamptz, ${grant.createdAt}::timestamptz
      FROM consents WHERE user_id = ${userId}::uuid AND client_id = ${clientId}::text AND scopes = ${scopes}::text[]
        AND redirect_uris = ${redirectUris}::text[] AND given_at = ${givenAt}::timestamptz AND expires_at IS NOT DISTINCT FROM ${expiresAt}::timestamptz
      FOR SHARE`;
    return added === 1;
  }

  async find(id: string): Promise<Grant | null> {
    if (!isUuid(id)) return null;
    const row = await this.prisma.grant.findUnique({ where: { id }, include: { usage: true } });
    return row && grantToDomain(row);
  }

  async need(id: string, until: Date): Promise<void> {
    if (isUuid(id)) await this.prisma.grant.updateMany({ where: { id, neededUntil: { lt: until } }, data: { neededUntil: until } });
  }

  async revoke(id: string, reason: EndReason, at: Date): Promise<boolean> {
    if (!isUuid(id)) return false;
    const { count } = await this.prisma.grant.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: at, revokeReason: reason } });
    return count === 1;
  }

  async revokeAll(of: GrantFilter, reason: EndReason, at: Date): Promise<number> {
    return mayMatch(of) ? revokeGrants(this.prisma, of, reason, at) : 0;
  }
}

function toRow({ revoked, scopes, lastUsedAt, usedScopes, ...grant }: Grant) {
  const usage = lastUsedAt === null ? {} : { usage: { create: { lastUsedAt, usedScopes: [...usedScopes] } } };
  return { ...grant, scopes: [...scopes], revokedAt: revoked?.at ?? null, revokeReason: revoked?.reason ?? null, neededUntil: grant.createdAt, ...usage };
}

export function grantToDomain({ revokedAt, revokeReason, neededUntil, usage, ...grant }: Row & { readonly usage: GrantUsage | null }): Grant {
  const revoked = revokedAt && { at: revokedAt, reason: revokeReason as EndReason };
  return { ...grant, revoked, lastUsedAt: usage?.lastUsedAt ?? null, usedScopes: usage?.usedScopes ?? [] };
}
