import type { AccessTokenRepository, TokenUser, TokenWithUser } from '../../application/ports/access-token-repository.js';
import type { EndReason } from '../../domain/authorization/grant.js';
import type { AccessToken, StoredAccessToken } from '../../domain/tokens/access-token.js';
import { uuidArray } from './coalescing/binary-array.js';
import { rowsOf, valuesOf } from './coalescing/columns.js';
import { Lane, type LaneLimits } from './coalescing/lane.js';
import type { PrismaClient } from './generated/client.js';
import { authenticatedAt, holders } from './holders.js';
import { byId, isUuid } from './keys.js';
import type { Statements } from './statements.js';
import { accessTokenColumns, insertAccessTokens } from './token-inserts.js';

const insert = `${insertAccessTokens('')} FROM ${rowsOf(accessTokenColumns, 'token')}`;

/** The least and the greatest id of the batch tell, before anything is read, which partitions have nothing to do with it. */
export const findAccessTokens = `
  SELECT t.id, t.digest, t.client_id, t.user_id, t.grant_id, t.scopes, t.resources, ${authenticatedAt('t')}, t.issued_at, t.expires_at,
    COALESCE(t.revoked_at, g.revoked_at, k.removed_at) AS ended_at, COALESCE(t.revoke_reason, g.revoke_reason, 'revoked_by_operator') AS end_reason,
    u.id AS person, u.email, u.username, u.admin, u.disabled_at
  FROM access_tokens t ${holders('t')}
  WHERE t.id = ANY ($1::uuid[]) AND t.id BETWEEN ($2::uuid[])[1] AND ($2::uuid[])[2] AND k.id IS NOT NULL`;

export class PrismaAccessTokenRepository implements AccessTokenRepository {
  private readonly adding: Lane<AccessToken, undefined>;
  private readonly finding: Lane<string, TokenWithUser | null>;

  constructor(
    private readonly prisma: PrismaClient,
    private readonly pool: Statements,
    limits: LaneLimits,
  ) {
    this.adding = new Lane((tokens) => this.addAll(tokens), limits);
    this.finding = new Lane((ids) => this.findAll(ids), limits);
  }

  async add(token: AccessToken): Promise<void> {
    await this.adding.call(token);
  }

  async find(id: string): Promise<StoredAccessToken | null> {
    return (await this.findWithUser(id))?.token ?? null;
  }

  async findWithUser(id: string): Promise<TokenWithUser | null> {
    return isUuid(id) ? this.finding.call(id) : null;
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

  private async addAll(tokens: readonly AccessToken[]): Promise<undefined[]> {
    await this.pool.query('add_access_tokens', insert, valuesOf(accessTokenColumns, tokens));
    return tokens.map(() => undefined);
  }

  private async findAll(ids: readonly string[]): Promise<(TokenWithUser | null)[]> {
    const rows = await this.pool.query<Row>('find_access_tokens', findAccessTokens, [uuidArray(ids), uuidArray(ends(ids))]);
    return byId(ids, rows).map((row) => row && toDomain(row));
  }
}

/** The least and the greatest. */
function ends(ids: readonly string[]): (string | undefined)[] {
  const sorted = ids.toSorted();
  return [sorted[0], sorted.at(-1)];
}

interface Row {
  readonly id: string;
  readonly digest: Uint8Array;
  readonly client_id: string;
  readonly user_id: string | null;
  readonly grant_id: string | null;
  readonly scopes: string[];
  readonly resources: string[];
  readonly authenticated_at: Date | null;
  readonly issued_at: Date;
  readonly expires_at: Date;
  readonly ended_at: Date | null;
  /** Means nothing while `ended_at` is null. */
  readonly end_reason: EndReason;
  /** The id of the user that is there. The columns after it are null when there is none. */
  readonly person: string | null;
  readonly email: string;
  readonly username: string;
  readonly admin: boolean;
  readonly disabled_at: Date | null;
}

function toDomain(row: Row): TokenWithUser {
  const { id, digest, client_id: clientId, user_id: userId, grant_id: grantId, scopes, resources, issued_at: issuedAt, expires_at: expiresAt } = row;
  const { authenticated_at: authenticatedAt } = row;
  const ended = row.ended_at && { at: row.ended_at, reason: row.end_reason };
  return { token: { id, digest, clientId, userId, grantId, scopes, resources, authenticatedAt, issuedAt, expiresAt, ended }, user: userOf(row) };
}

function userOf({ person, email, username, admin, disabled_at: disabledAt }: Row): TokenUser | null {
  return person === null ? null : { id: person, email, username, admin, disabledAt };
}
