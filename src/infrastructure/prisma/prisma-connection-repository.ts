import type { ConnectionRepository } from '../../application/ports/connection-repository.js';
import type { Page, PageRequest } from '../../application/ports/page.js';
import type { ConnectedClient, Connection, ConnectionPlace, Reach } from '../../domain/authorization/connection.js';
import type { Grant } from '../../domain/authorization/grant.js';
import { isUuid } from '../../domain/is-uuid.js';
import { firstPage, firstPageBy } from './first-page.js';
import { Prisma, type PrismaClient } from './generated/client.js';
import { isText } from './keys.js';
import { grantToDomain } from './prisma-grant-repository.js';

/** Before all others: no client id is empty. */
const start: ConnectionPlace = { live: true, clientId: '' };

/** Every verb reads one of the indexes of live grants from where its page begins, and the consents of a person by their key. */
export class PrismaConnectionRepository implements ConnectionRepository {
  constructor(private readonly prisma: PrismaClient) {}

  async listOf(userId: string, at: Date, { after = start, limit }: PageRequest<ConnectionPlace>): Promise<Page<Connection, ConnectionPlace>> {
    if (!isUuid(userId) || !isText(after.clientId)) return { items: [], next: null };
    const acting = after.live ? Prisma.sql`client_id > ${after.clientId}::text` : Prisma.sql`FALSE`;
    const remembered = after.live ? Prisma.sql`TRUE` : Prisma.sql`client_id > ${after.clientId}::text`;
    const found = await this.connections(userId, at, { acting, remembered }, limit + 1);
    return firstPageBy(found, limit, ({ live, client }) => ({ live, clientId: client.id }));
  }

  async find(userId: string, clientId: string, at: Date): Promise<Connection | null> {
    if (!isUuid(userId) || !isText(clientId)) return null;
    const ofClient = Prisma.sql`client_id = ${clientId}::text`;
    const [found] = await this.connections(userId, at, { acting: ofClient, remembered: ofClient }, 1);
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
   * Consents are looked at only where there is room behind the grants. One whose client acts for the person goes with the grants, wherever those stand in the list. The
   * client of a consent is asked for in a value, not by EXISTS, which may be made a join with all clients.
   */
  private async connections(
    userId: string,
    at: Date,
    of: { readonly acting: Prisma.Sql; readonly remembered: Prisma.Sql },
    limit: number,
  ): Promise<Connection[]> {
    const rows = await this.prisma.$queryRaw<Row[]>`
      WITH acting AS MATERIALIZED (
        SELECT client_id, true AS live, min(created_at) AS since, max(u.last_used_at) AS last_used_at,
          CASE WHEN bool_and(expires_at IS NOT NULL) THEN max(expires_at) END AS expires_at,
          jsonb_agg(DISTINCT to_jsonb(scopes)) AS scopes, jsonb_agg(DISTINCT COALESCE(to_jsonb(u.used_scopes), '[]')) AS used_scopes
        FROM grants LEFT JOIN grant_usage u ON u.grant_id = id
        WHERE user_id = ${userId}::uuid AND ${of.acting} AND revoked_at IS NULL AND needed_until > ${at}::timestamptz
          AND (SELECT c.removed_at IS NULL FROM clients c WHERE c.id = client_id)
        GROUP BY client_id ORDER BY client_id LIMIT ${limit}::int
      ), agreed AS MATERIALIZED (
        SELECT * FROM consents
        WHERE user_id = ${userId}::uuid AND ${of.remembered} AND (expires_at IS NULL OR expires_at > ${at}::timestamptz)
          AND (SELECT count(*) FROM acting) < ${limit}::int
      ), remembered AS (
        SELECT client_id, false, given_at, NULL::timestamptz, expires_at, jsonb_build_array(to_jsonb(scopes)), '[]'::jsonb
        FROM (SELECT * FROM agreed ORDER BY client_id) k
        WHERE (SELECT c.consent FROM clients c WHERE c.id = client_id AND c.removed_at IS NULL) = 'ask'
          AND (
            SELECT true FROM grants g
            WHERE g.user_id = ${userId}::uuid AND g.client_id = k.client_id AND g.revoked_at IS NULL AND g.needed_until > ${at}::timestamptz LIMIT 1
          ) IS NULL
        ORDER BY client_id LIMIT ${limit}::int
      ), connection AS (
        SELECT * FROM acting UNION ALL SELECT * FROM remembered
      )
      SELECT c.id, c.name, c.description, c.homepage_uri AS "homepageUri", c.logo_uri AS "logoUri", c.disabled_at AS "disabledAt",
        n.live, n.since, n.last_used_at AS "lastUsedAt", n.expires_at AS "expiresAt", n.scopes AS "scopeLists", n.used_scopes AS "usedScopeLists"
      FROM connection n JOIN clients c ON c.id = n.client_id ORDER BY n.live DESC, n.client_id LIMIT ${limit}::int`;
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
