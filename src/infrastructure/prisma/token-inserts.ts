import type { AccessToken } from '../../domain/tokens/access-token.js';
import type { RefreshToken } from '../../domain/tokens/refresh-token.js';
import { Prisma } from './generated/client.js';

/** `INSERT INTO access_tokens … SELECT` of one token; what follows says whether (`FROM … WHERE …`). */
export function insertAccessToken(token: AccessToken): Prisma.Sql {
  return Prisma.sql`INSERT INTO access_tokens (id, digest, client_id, user_id, grant_id, scopes, resources, issued_at, expires_at)
    SELECT ${token.id}::uuid, ${token.digest}::bytea, ${token.clientId}::text, ${token.userId}::uuid, ${token.grantId}::uuid,
      ${token.scopes}::text[], ${token.resources}::text[], ${token.issuedAt}::timestamptz, ${token.expiresAt}::timestamptz`;
}

/** The same for a refresh token. */
export function insertRefreshToken(token: RefreshToken): Prisma.Sql {
  return Prisma.sql`INSERT INTO refresh_tokens (id, digest, client_id, user_id, grant_id, scopes, resources, issued_at, expires_at, absolute_expires_at)
    SELECT ${token.id}::uuid, ${token.digest}::bytea, ${token.clientId}::text, ${token.userId}::uuid, ${token.grantId}::uuid,
      ${token.scopes}::text[], ${token.resources}::text[], ${token.issuedAt}::timestamptz, ${token.expiresAt}::timestamptz, ${token.absoluteExpiresAt}::timestamptz`;
}

/** Until when a grant is needed for the sake of these descendants and of all that a refresh may add. */
export function neededUntil(accessToken: AccessToken, refreshToken: RefreshToken | null): Date {
  const ends = [accessToken.expiresAt, ...(refreshToken ? [refreshToken.absoluteExpiresAt] : [])];
  return new Date(Math.max(...ends.map((end) => end.getTime())));
}
