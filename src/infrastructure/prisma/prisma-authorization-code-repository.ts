import type { AuthorizationCodeRepository, Consumption, ConsumptionOutcome } from '../../application/ports/authorization-code-repository.js';
import type { AuthorizationCode } from '../../domain/authorization/authorization-code.js';
import { Prisma, type PrismaClient, type AuthorizationCode as Row } from './generated/client.js';
import { isUuid } from './keys.js';
import { insertAccessToken, insertRefreshToken, neededUntil } from './token-inserts.js';

export class PrismaAuthorizationCodeRepository implements AuthorizationCodeRepository {
  constructor(private readonly prisma: PrismaClient) {}

  async add(code: AuthorizationCode): Promise<void> {
    await this.prisma.$executeRaw`
      WITH needed AS (
        UPDATE grants SET needed_until = ${code.expiresAt}::timestamptz WHERE id = ${code.grantId}::uuid AND needed_until < ${code.expiresAt}::timestamptz
      )
      INSERT INTO authorization_codes
        (id, digest, grant_id, client_id, user_id, redirect_uri, scopes, resources, code_challenge, issued_at, expires_at, grant_expires_at)
      VALUES (${code.id}::uuid, ${code.digest}::bytea, ${code.grantId}::uuid, ${code.clientId}::text, ${code.userId}::uuid, ${code.redirectUri}::text,
        ${code.scopes}::text[], ${code.resources}::text[], ${code.codeChallenge}::text, ${code.issuedAt}::timestamptz, ${code.expiresAt}::timestamptz,
        ${code.grantExpiresAt}::timestamptz)`;
  }

  async find(id: string): Promise<AuthorizationCode | null> {
    if (!isUuid(id)) return null;
    const row = await this.prisma.authorizationCode.findUnique({ where: { id } });
    return row && toDomain(row);
  }

  /**
   * One statement. It locks the code first: whoever waited for the lock is given the row as the winner left it, not as the snapshot has it.
   * Nothing else is locked. A grant revoked after the snapshot was taken ends the tokens all the same, because finding one looks at the grant.
   */
  async consume({ id, at, accessToken, refreshToken }: Consumption): Promise<ConsumptionOutcome> {
    if (!isUuid(id)) return 'unknown';
    const won = Prisma.sql`FROM code WHERE outcome = 'consumed'`;
    const saveRefreshToken = refreshToken ? Prisma.sql`, refresh AS (${insertRefreshToken(refreshToken)} ${won})` : Prisma.empty;
    const rows = await this.prisma.$queryRaw<{ outcome: ConsumptionOutcome }[]>`
      WITH code AS (
        SELECT c.id, c.grant_id, CASE
          WHEN c.consumed_at IS NOT NULL THEN 'replayed'
          WHEN g.id IS NULL OR k.id IS NULL THEN 'revoked'
          WHEN c.expires_at <= ${at}::timestamptz THEN 'expired'
          ELSE 'consumed' END AS outcome
        FROM authorization_codes c
        LEFT JOIN grants g ON g.id = c.grant_id AND g.revoked_at IS NULL
        LEFT JOIN clients k ON k.id = c.client_id AND k.removed_at IS NULL
        WHERE c.id = ${id}::uuid
        FOR UPDATE OF c
      ), consumed AS (
        UPDATE authorization_codes SET consumed_at = ${at}::timestamptz FROM code WHERE authorization_codes.id = code.id AND outcome = 'consumed'
      ), access AS (${insertAccessToken(accessToken)} ${won})${saveRefreshToken}
      , needed AS (
        UPDATE grants SET needed_until = GREATEST(needed_until, ${neededUntil(accessToken, refreshToken)}::timestamptz)
        FROM code WHERE grants.id = grant_id AND outcome = 'consumed'
      ), revoked AS (
        UPDATE grants SET revoked_at = ${at}::timestamptz, revoke_reason = 'code_replayed'
        FROM code WHERE grants.id = grant_id AND outcome = 'replayed' AND revoked_at IS NULL
      )
      SELECT outcome FROM code`;
    return rows[0]?.outcome ?? 'unknown';
  }
}

function toDomain({ consumedAt, ...code }: Row): AuthorizationCode {
  return code;
}
