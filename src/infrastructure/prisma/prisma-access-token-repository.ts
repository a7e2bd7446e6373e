import type { AccessTokenRepository, TokenUser, TokenWithUser } from '../../application/ports/access-token-repository.js';
import type { EndReason } from '../../domain/authorization/grant.js';
import { isUuid } from '../../domain/is-uuid.js';
import type { AccessToken, StoredAccessToken } from '../../domain/tokens/access-token.js';
import { endOfToken } from '../../domain/tokens/own-token.js';
import { add, find, knownColumns, standing } from './access-token-statements.js';
import { uuids } from './coalescing/binary-array.js';
import { valuesOf } from './coalescing/columns.js';
import type { Lane } from './coalescing/lane.js';
import type { Lanes } from './coalescing/lanes.js';
import type { PrismaClient } from './generated/client.js';
import { byId, inTheirPlaces } from './keys.js';
import { RecentAccessTokens } from './recent-access-tokens.js';
import type { Statements } from './statements.js';
import { accessTokenColumns } from './token-inserts.js';

/** A token that was read lately is not read again: only how it stands (ADR 0036). */
export class PrismaAccessTokenRepository implements AccessTokenRepository {
  private readonly adding: Lane<AccessToken, undefined>;
  private readonly finding: Lane<string, TokenWithUser | null>;
  private readonly asking: Lane<AccessToken, TokenWithUser | null>;
  private readonly recent = new RecentAccessTokens();

  constructor(
    private readonly prisma: PrismaClient,
    private readonly pool: Statements,
    lanes: Lanes,
  ) {
    this.adding = lanes.for('add_access_tokens', (tokens) => this.addAll(tokens));
    this.finding = lanes.for('find_access_tokens', (ids) => this.findAll(ids));
    this.asking = lanes.for('ask_access_tokens', (tokens) => this.askAll(tokens));
  }

  async add(token: AccessToken): Promise<void> {
    await this.adding.call(token);
  }

  async find(id: string): Promise<StoredAccessToken | null> {
    return (await this.findWithUser(id))?.token ?? null;
  }

  async findWithUser(id: string): Promise<TokenWithUser | null> {
    if (!isUuid(id)) return null;
    const known = this.recent.recall(id);
    if (known) {
      const answer = await this.asking.call(known);
      if (answer === null || answer.token.ended) this.recent.forget(id);
      return answer;
    }
    const found = await this.finding.call(id);
    if (found?.token.ended === null) this.recent.remember(found.token);
    return found;
  }

  async revoke(id: string, reason: EndReason, at: Date): Promise<void> {
    if (!isUuid(id)) return;
    // What has ended already, by its grant or its client or with all that this obtained for itself, keeps that reason.
    await this.prisma.$executeRaw`
      UPDATE access_tokens t SET revoked_at = ${at}::timestamptz, revoke_reason = ${reason}::text
      WHERE t.id = ${id}::uuid AND t.revoked_at IS NULL
        AND EXISTS (SELECT FROM clients c WHERE c.id = t.client_id AND c.removed_at IS NULL
          AND (t.grant_id IS NOT NULL OR c.own_tokens_revoked_at IS NULL OR c.own_tokens_revoked_at < t.issued_at))
        AND (t.grant_id IS NULL OR EXISTS (SELECT FROM grants g WHERE g.id = t.grant_id AND g.revoked_at IS NULL))`;
  }

  private async addAll(tokens: readonly AccessToken[]): Promise<undefined[]> {
    await this.pool.query('add_access_tokens', add, valuesOf(accessTokenColumns, tokens));
    return tokens.map(() => undefined);
  }

  private async findAll(ids: readonly string[]): Promise<(TokenWithUser | null)[]> {
    const rows = await this.pool.query<Row>('find_access_tokens', find, [uuids.array(ids), uuids.array(ends(ids))]);
    return byId(ids, rows).map((row) => row && asItStands(tokenOf(row), row));
  }

  private async askAll(tokens: readonly AccessToken[]): Promise<(TokenWithUser | null)[]> {
    const rows = await this.pool.query<Standing & { place: string }>('ask_access_tokens', standing, valuesOf(knownColumns, tokens));
    const inPlaces = inTheirPlaces(rows, tokens.length);
    return tokens.map((token, index) => {
      const row = inPlaces[index];
      return row ? asItStands(token, row) : null;
    });
  }
}

/** The least and the greatest. */
function ends(ids: readonly string[]): (string | undefined)[] {
  const sorted = ids.toSorted();
  return [sorted[0], sorted.at(-1)];
}

/** How a token stands. */
interface Standing {
  readonly ended_at: Date | null;
  /** Means nothing while `ended_at` is null. */
  readonly end_reason: EndReason;
  /** Of the client, whatever the token is. */
  readonly own_tokens_revoked_at: Date | null;
  /** The id of the user that is there. The columns after it are null when there is none. */
  readonly person: string | null;
  readonly email: string;
  readonly username: string;
  readonly admin: boolean;
  readonly disabled_at: Date | null;
}

interface Row extends Standing {
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
}

function tokenOf(row: Row): AccessToken {
  const { id, digest, client_id: clientId, user_id: userId, grant_id: grantId, scopes, resources, issued_at: issuedAt, expires_at: expiresAt } = row;
  return { id, digest, clientId, userId, grantId, scopes, resources, authenticatedAt: row.authenticated_at, issuedAt, expiresAt };
}

function asItStands(token: AccessToken, row: Standing): TokenWithUser {
  const { id, digest, clientId, userId, grantId, scopes, resources, authenticatedAt, issuedAt, expiresAt } = token;
  const ended = endOfToken(token, row.ended_at && { at: row.ended_at, reason: row.end_reason }, row.own_tokens_revoked_at);
  return { token: { id, digest, clientId, userId, grantId, scopes, resources, authenticatedAt, issuedAt, expiresAt, ended }, user: userOf(row) };
}

function userOf({ person, email, username, admin, disabled_at: disabledAt }: Standing): TokenUser | null {
  return person === null ? null : { id: person, email, username, admin, disabledAt };
}
