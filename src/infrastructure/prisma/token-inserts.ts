import type { AccessToken } from '../../domain/tokens/access-token.js';
import type { RefreshToken } from '../../domain/tokens/refresh-token.js';
import { bytes, type Column, lists, moment, namesOf, selected, text, uuid } from './coalescing/columns.js';

/** `null` leaves a row of nulls. */
export const accessTokenColumns: readonly Column<AccessToken | null>[] = [
  uuid('id', (token) => token?.id),
  bytes('digest', (token) => token?.digest),
  text('client_id', (token) => token?.clientId),
  uuid('user_id', (token) => token?.userId),
  uuid('grant_id', (token) => token?.grantId),
  lists('scopes', (token) => token?.scopes),
  lists('resources', (token) => token?.resources),
  moment('issued_at', (token) => token?.issuedAt),
  moment('expires_at', (token) => token?.expiresAt),
];

export const refreshTokenColumns: readonly Column<RefreshToken | null>[] = [
  ...accessTokenColumns,
  moment('absolute_expires_at', (token) => token?.absoluteExpiresAt),
];

/** `INSERT INTO access_tokens … SELECT` of columns with these names; what follows says from where (`FROM … WHERE …`). */
export const insertAccessTokens = (prefix: string) => insertOf('access_tokens', accessTokenColumns, prefix);
export const insertRefreshTokens = (prefix: string) => insertOf('refresh_tokens', refreshTokenColumns, prefix);

function insertOf(table: string, columns: readonly Column<never>[], prefix: string): string {
  return `INSERT INTO ${table} (${namesOf(columns)}) SELECT ${selected(prefix, columns)}`;
}

/** Until when a grant is needed for the sake of these descendants and of all that a refresh may add. */
export function neededUntil(accessToken: AccessToken, refreshToken: RefreshToken | null): Date {
  const ends = [accessToken.expiresAt, ...(refreshToken ? [refreshToken.absoluteExpiresAt] : [])];
  return new Date(Math.max(...ends.map((end) => end.getTime())));
}
