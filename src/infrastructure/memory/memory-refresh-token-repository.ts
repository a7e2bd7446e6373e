import type { Keeping, RefreshRefusal, RefreshTokenRepository, Rotation } from '../../application/ports/refresh-token-repository.js';
import type { StoredRefreshToken } from '../../domain/tokens/refresh-token.js';
import { copyOf } from './copy-of.js';
import { revokeGrant } from './memory-grant-repository.js';
import { endingOf, isOver, type MemoryTables, type RefreshTokenRow, refuseTaken } from './memory-tables.js';

export class MemoryRefreshTokenRepository implements RefreshTokenRepository {
  constructor(private readonly tables: MemoryTables) {}

  async find(id: string): Promise<StoredRefreshToken | null> {
    const row = this.tables.refreshTokens.get(id);
    return row ? copyOf({ ...row.token, rotatedAt: row.rotation?.at ?? null, ended: endingOf(this.tables, row.token) }) : null;
  }

  async rotate({ id, at, successor, accessToken, sealedAnswer, repeatableUntil }: Rotation): Promise<{ readonly outcome: 'rotated' } | RefreshRefusal> {
    const row = this.tables.refreshTokens.get(id);
    if (!row) return { outcome: 'unknown' };
    const refusal = this.refusal(row, at);
    if (refusal) return refusal;

    refuseTaken(this.tables.refreshTokens, successor.id);
    refuseTaken(this.tables.accessTokens, accessToken.id);
    row.rotation = copyOf({ at, sealedAnswer, repeatableUntil });
    this.tables.refreshTokens.set(successor.id, { token: copyOf(successor), rotation: null });
    this.tables.accessTokens.set(accessToken.id, { token: copyOf(accessToken), revoked: null });
    return { outcome: 'rotated' };
  }

  async keep({ id, at, expiresAt, accessToken }: Keeping): Promise<{ readonly outcome: 'kept' } | RefreshRefusal> {
    const row = this.tables.refreshTokens.get(id);
    if (!row) return { outcome: 'unknown' };
    const refusal = this.refusal(row, at);
    if (refusal) return refusal;

    refuseTaken(this.tables.accessTokens, accessToken.id);
    row.token = { ...row.token, expiresAt: copyOf(expiresAt) };
    this.tables.accessTokens.set(accessToken.id, { token: copyOf(accessToken), revoked: null });
    return { outcome: 'kept' };
  }

  private refusal({ token, rotation }: RefreshTokenRow, at: Date): RefreshRefusal | null {
    if (isOver(this.tables, token)) return { outcome: 'revoked' };
    if (!rotation) return token.expiresAt <= at ? { outcome: 'expired' } : null;
    if (rotation.repeatableUntil > at) return { outcome: 'repeated', sealedAnswer: copyOf(rotation.sealedAnswer) };
    revokeGrant(this.tables, token.grantId, { at, reason: 'refresh_token_reused' });
    return { outcome: 'reused' };
  }
}
