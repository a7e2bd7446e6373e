import type { Keeping, RefreshRefusal, RefreshTokenRepository, Rotation } from '../../application/ports/refresh-token-repository.js';
import type { EndReason } from '../../domain/authorization/grant.js';
import type { RefreshToken, StoredRefreshToken } from '../../domain/tokens/refresh-token.js';
import { Prisma, type PrismaClient } from './generated/client.js';
import { isUuid } from './keys.js';
import { insertAccessToken, insertRefreshToken } from './token-inserts.js';

/** Both uses of a token are one statement that locks it first: see `PrismaAuthorizationCodeRepository.consume`. */
export class PrismaRefreshTokenRepository implements RefreshTokenRepository {
  constructor(private readonly prisma: PrismaClient) {}

  async find(id: string): Promise<StoredRefreshToken | null> {
    if (!isUuid(id)) return null;
    const [row] = await this.prisma.$queryRaw<Row[]>`
      SELECT t.id, t.digest, t.client_id AS "clientId", t.user_id AS "userId", t.grant_id AS "grantId", t.scopes, t.resources,
        t.issued_at AS "issuedAt", t.expires_at AS "expiresAt", t.absolute_expires_at AS "absoluteExpiresAt", t.rotated_at AS "rotatedAt",
        COALESCE(g.revoked_at, c.removed_at) AS "endedAt", COALESCE(g.revoke_reason, 'revoked_by_operator') AS "endReason"
      FROM refresh_tokens t JOIN clients c ON c.id = t.client_id JOIN grants g ON g.id = t.grant_id
      WHERE t.id = ${id}::uuid`;
    return row ? toDomain(row) : null;
  }

  async rotate({ id, at, successor, accessToken, sealedAnswer, repeatableUntil }: Rotation): Promise<{ readonly outcome: 'rotated' } | RefreshRefusal> {
    if (!isUuid(id)) return { outcome: 'unknown' };
    const rows = await this.prisma.$queryRaw<UseRow[]>`
      ${lockedToken(id, at)}, rotated AS (
        UPDATE refresh_tokens
        SET rotated_at = ${at}::timestamptz, sealed_answer = ${sealedAnswer}::bytea, repeatable_until = ${repeatableUntil}::timestamptz
        FROM token WHERE refresh_tokens.id = token.id AND outcome = 'usable'
      ), successor AS (${insertRefreshToken(successor)} FROM token WHERE outcome = 'usable')
      , ${consequences(at, insertAccessToken(accessToken))}
      SELECT outcome, sealed_answer AS "sealedAnswer" FROM token`;
    return refusalOf(rows[0]) ?? { outcome: 'rotated' };
  }

  async keep({ id, at, expiresAt, accessToken }: Keeping): Promise<{ readonly outcome: 'kept' } | RefreshRefusal> {
    if (!isUuid(id)) return { outcome: 'unknown' };
    const rows = await this.prisma.$queryRaw<UseRow[]>`
      ${lockedToken(id, at)}, kept AS (
        UPDATE refresh_tokens SET expires_at = ${expiresAt}::timestamptz FROM token WHERE refresh_tokens.id = token.id AND outcome = 'usable'
      ), ${consequences(at, insertAccessToken(accessToken))}
      SELECT outcome, sealed_answer AS "sealedAnswer" FROM token`;
    return refusalOf(rows[0]) ?? { outcome: 'kept' };
  }
}

/** The token, locked, with the verdict on it: whoever waited for the lock sees the row as the winner left it. */
function lockedToken(id: string, at: Date): Prisma.Sql {
  return Prisma.sql`
    WITH token AS (
      SELECT t.id, t.grant_id, t.sealed_answer, CASE
        WHEN g.id IS NULL OR c.id IS NULL THEN 'revoked'
        WHEN t.repeatable_until > ${at}::timestamptz THEN 'repeated'
        WHEN t.rotated_at IS NOT NULL THEN 'reused'
        WHEN t.expires_at <= ${at}::timestamptz THEN 'expired'
        ELSE 'usable' END AS outcome
      FROM refresh_tokens t
      LEFT JOIN grants g ON g.id = t.grant_id AND g.revoked_at IS NULL
      LEFT JOIN clients c ON c.id = t.client_id AND c.removed_at IS NULL
      WHERE t.id = ${id}::uuid
      FOR UPDATE OF t
    )`;
}

/** What follows from the verdict in either use: a new access token, or the end of the grant. A use writes nothing to the grant: it is needed until the end of the chain anyway. */
function consequences(at: Date, saveAccessToken: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`access AS (${saveAccessToken} FROM token WHERE outcome = 'usable')
    , revoked AS (
      UPDATE grants SET revoked_at = ${at}::timestamptz, revoke_reason = 'refresh_token_reused'
      FROM token WHERE grants.id = grant_id AND outcome = 'reused' AND revoked_at IS NULL
    )`;
}

type UseRow = { readonly outcome: 'usable' | 'expired' | 'reused' | 'revoked' } | { readonly outcome: 'repeated'; readonly sealedAnswer: Uint8Array };

/** `null`: the token was used. */
function refusalOf(row: UseRow | undefined): RefreshRefusal | null {
  if (row === undefined) return { outcome: 'unknown' };
  if (row.outcome === 'usable') return null;
  return row.outcome === 'repeated' ? { outcome: 'repeated', sealedAnswer: row.sealedAnswer } : { outcome: row.outcome };
}

interface Row extends RefreshToken {
  readonly rotatedAt: Date | null;
  readonly endedAt: Date | null;
  /** Means nothing while `endedAt` is null. */
  readonly endReason: EndReason;
}

function toDomain({ endedAt, endReason, ...token }: Row): StoredRefreshToken {
  return { ...token, ended: endedAt && { at: endedAt, reason: endReason } };
}
