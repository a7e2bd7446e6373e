import type { AuthorizationCodeRepository, Consumption, ConsumptionOutcome } from '../../application/ports/authorization-code-repository.js';
import type { AuthorizationCode } from '../../domain/authorization/authorization-code.js';
import { copyOf } from './copy-of.js';
import { raiseNeed, revokeGrant } from './memory-grant-repository.js';
import { isOver, type MemoryTables, refuseTaken } from './memory-tables.js';

export class MemoryAuthorizationCodeRepository implements AuthorizationCodeRepository {
  constructor(private readonly tables: MemoryTables) {}

  async add(code: AuthorizationCode): Promise<void> {
    refuseTaken(this.tables.authorizationCodes, code.id);
    this.tables.authorizationCodes.set(code.id, { code: copyOf(code), consumed: false });
    raiseNeed(this.tables, code.grantId, code.expiresAt);
  }

  async find(id: string): Promise<AuthorizationCode | null> {
    return copyOf(this.tables.authorizationCodes.get(id)?.code ?? null);
  }

  async consume({ id, at, accessToken, refreshToken }: Consumption): Promise<ConsumptionOutcome> {
    const { authorizationCodes, accessTokens, refreshTokens } = this.tables;
    const row = authorizationCodes.get(id);
    if (!row) return 'unknown';
    if (row.consumed) {
      revokeGrant(this.tables, row.code.grantId, { at, reason: 'code_replayed' });
      return 'replayed';
    }
    if (isOver(this.tables, row.code)) return 'revoked';
    if (row.code.expiresAt <= at) return 'expired';

    refuseTaken(accessTokens, accessToken.id);
    if (refreshToken) refuseTaken(refreshTokens, refreshToken.id);
    row.consumed = true;
    accessTokens.set(accessToken.id, { token: copyOf(accessToken), revoked: null });
    if (refreshToken) refreshTokens.set(refreshToken.id, { token: copyOf(refreshToken), rotation: null });
    raiseNeed(this.tables, row.code.grantId, accessToken.expiresAt, ...(refreshToken ? [refreshToken.absoluteExpiresAt] : []));
    return 'consumed';
  }
}
