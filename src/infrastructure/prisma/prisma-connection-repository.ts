import type { ConnectionRepository } from '../../application/ports/connection-repository.js';
import type { Page, PageRequest } from '../../application/ports/page.js';
import type { ConnectedClient, Connection, Reach } from '../../domain/authorization/connection.js';
import type { Grant } from '../../domain/authorization/grant.js';
import { firstPage } from './first-page.js';
import { Prisma, type PrismaClient } from './generated/client.js';
import { isText, isUuid } from './keys.js';
import { grantToDomain } from './prisma-grant-repository.js';

/** Every verb reads one of the indexes of live grants from where its page begins, and the consents of a person by their key. */
export class PrismaConnectionRepository implements ConnectionRepository {
  constructor(private readonly prisma: PrismaClient) {}

  async list(userId: string, at: Date, { after = '', limit }: PageRequest): Promise<Page<Connection>> {
    if (!isUuid(userId) || !isText(after)) return { items: [], next: null };
    // No client id is empty.
    const found = await this.connections(userId, at, Prisma.sql`client_id > ${after}::text`, limit + 1);
    const items = found.slice(0, limit);
    return { items, next: found.length > limit ? (items.at(-1)?.client.id ?? null) : null };
  }

  async find(userId: string, clientId: string, at: Date): Promise<Connection | null> {
    if (!isUuid(userId) || !isText(clientId)) return null;
    const [found] = await this.connections(userId, at, Prisma.sql`client_id = ${clientId}::text`, 1);
    return found ?? null;
  }

  async grantsOf(clientId: string, at: Date, { after, limit }: PageRequest): Promise<Page<Grant>> {
    if (!isText(clientId) || (after !== undefined && !isUuid(after))) return { items: [], next: null };
    const start = after === undefined ? {} : { id: { lt: after } };
    const where = { clientId, client: { removedAt: null }, revokedAt: null, neededUntil: { gt: at }, ...start };
    const rows = await this.prisma.grant.findMany({ where, orderBy: { id: 'desc' }, take: limit + 1, include: { usage: true } });
    return firstPage(rows.map(grantToDomain), limit);
  }

  /** From the index alone, and no further than asked: a client may have millions. */
  async reach(clientId: string, at: Date, most: number): Promise<Reach> {
    const none = { people: 0, grants: 0, more: false };
    if (!isText(clientId)) return none;
    const [counted] = await this.prisma.$queryRaw<Reach[]>`
      SELECT count(DISTINCT user_id) FILTER (WHERE place <= ${most}::int)::int AS people, LEAST(count(*), ${most}::int)::int AS grants,
        count(*) > ${most}::int AS more
      FROM (
        SELECT user_id, row_number() OVER () AS place
        FROM grants WHERE client_id = ${clientId}::text AND revoked_at IS NULL AND needed_until > ${at}::timestamptz
          AND EXISTS (SELECT FROM clients WHERE id = ${clientId}::text AND removed_at IS NULL)
        LIMIT ${most + 1}::int
      ) AS live`;
    return counted ?? none;
  }

  /**
   * A consent whose client acts for the person goes with the grants. That looks at the first `limit` of those alone: what it misses sorts behind them. The client
   * of a consent is asked for in a value, not by EXISTS, which may be made a join with all clients.
   */
  private async connections(userId: string, at: Date, ofClient: Prisma.Sql, limit: number): Promise<Connection[]> {
    const rows = await this.prisma.$queryRaw<Row[]>`
      WITH acting AS MATERIALIZED (
        SELECT client_id, true AS live, min(created_at) AS since, max(u.last_used_at) AS last_used_at,
          CASE WHEN bool_and(expires_at IS NOT NULL) THEN max(expires_at) END AS expires_at,
          jsonb_agg(DISTINCT to_jsonb(scopes)) AS scopes, jsonb_agg(DISTINCT COALESCE(to_jsonb(u.used_scopes), '[]')) AS used_scopes
        FROM grants LEFT JOIN grant_usage u ON u.grant_id = id
        WHERE user_id = ${userId}::uuid AND ${ofClient} AND revoked_at IS NULL AND needed_until > ${at}::timestamptz
          AND EXISTS (SELECT FROM clients c WHERE c.id = client_id AND c.removed_at IS NULL)
        GROUP BY client_id ORDER BY client_id LIMIT ${limit}::int
      ), remembered AS (
        SELECT client_id, false, given_at, NULL::timestamptz, expires_at, jsonb_build_array(to_jsonb(scopes)), '[]'::jsonb
        FROM consents
        WHERE user_id = ${userId}::uuid AND ${ofClient} AND (expires_at IS NULL OR expires_at > ${at}::timestamptz)
          AND (SELECT c.consent FROM clients c WHERE c.id = client_id AND c.removed_at IS NULL) = 'ask'
          AND client_id NOT IN (SELECT client_id FROM acting)
        ORDER BY client_id LIMIT ${limit}::int
      ), connection AS (
        SELECT * FROM acting UNION ALL SELECT * FROM remembered ORDER BY client_id LIMIT ${limit}::int
      )
      SELECT c.id, c.name, c.description, c.homepage_uri AS "homepageUri", c.logo_uri AS "logoUri", c.disabled_at AS "disabledAt",
        n.live, n.since, n.last_used_at AS "lastUsedAt", n.expires_at AS "expiresAt", n.scopes AS "scopeLists", n.used_scopes AS "usedScopeLists"
      FROM connection n JOIN clients c ON c.id = n.client_id ORDER BY n.client_id`;
    return rows.map(toDomain);
  }
}

type Row = ConnectedClient &
  Pick<Connection, 'live' | 'since' | 'lastUsedAt' | 'expiresAt'> & { readonly scopeLists: string[][]; readonly usedScopeLists: string[][] };

function toDomain({ live, since, lastUsedAt, expiresAt, scopeLists, usedScopeLists, ...client }: Row): Connection {
  return { client, live, since, lastUsedAt, expiresAt, scopes: united(scopeLists), usedScopes: united(usedScopeLists) };
}

function united(lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())].sort();
}
