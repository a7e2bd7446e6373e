import type { AccessTokenRepository, TokenWithUser } from '../../application/ports/access-token-repository.js';
import type { Ending, EndReason } from '../../domain/authorization/grant.js';
import type { AccessToken, StoredAccessToken } from '../../domain/tokens/access-token.js';
import { endOfToken } from '../../domain/tokens/own-token.js';
import { copyOf } from './copy-of.js';
import { addRevocation } from './memory-revocation-repository.js';
import { type AccessTokenRow, endingOf, type MemoryTables, refuseTaken } from './memory-tables.js';

export class MemoryAccessTokenRepository implements AccessTokenRepository {
  constructor(private readonly tables: MemoryTables) {}

  async add(token: AccessToken): Promise<void> {
    refuseTaken(this.tables.accessTokens, token.id);
    this.tables.accessTokens.set(token.id, { token: copyOf(token), revoked: null });
  }

  async find(id: string): Promise<StoredAccessToken | null> {
    const row = this.tables.accessTokens.get(id);
    return row ? copyOf({ ...row.token, ended: endOf(this.tables, row) }) : null;
  }

  async findWithUser(id: string): Promise<TokenWithUser | null> {
    const token = await this.find(id);
    const row = token?.userId == null ? undefined : this.tables.users.get(token.userId);
    if (row === undefined) return token && { token, user: null };
    const { email, username, admin, disabledAt } = row;
    return token && { token, user: copyOf({ id: row.id, email, username, admin, disabledAt }) };
  }

  async revoke(id: string, reason: EndReason, at: Date): Promise<void> {
    const row = this.tables.accessTokens.get(id);
    if (!row || endOf(this.tables, row)) return;
    row.revoked = copyOf({ at, reason });
    addRevocation(this.tables, { subject: { kind: 'token', tokenId: id }, at, until: row.token.expiresAt, reason });
  }
}

/** By itself, with all that its client obtained for itself, or by what it descends from. */
function endOf(tables: MemoryTables, { token, revoked }: AccessTokenRow): Ending | null {
  const client = tables.clients.get(token.clientId)?.client;
  return endOfToken(token, revoked ?? endingOf(tables, token), client?.ownTokensRevokedAt ?? null);
}
