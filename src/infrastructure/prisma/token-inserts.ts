import type { AccessToken } from '../../domain/tokens/access-token.js';
import type { RefreshToken } from '../../domain/tokens/refresh-token.js';
import { bytes, type Column, moment, namesOf, text, texts, uuid } from './coalescing/columns.js';

/** `null` leaves a row of nulls. */
export const accessTokenColumns: readonly Column<AccessToken | null>[] = [
  uuid('id', (token) => token?.id),
  bytes('digest', (token) => token?.digest),
  text('client_id', (token) => token?.clientId),
  uuid('user_id', (token) => token?.userId),
  uuid('grant_id', (token) => token?.grantId),
  texts('scopes', (token) => token?.scopes),
  texts('resources', (token) => token?.resources),
  moment('issued_at', (token) => token?.issuedAt),
  moment('expires_at', (token) => token?.expiresAt),
];

export const refreshTokenColumns: readonly Column<RefreshToken | null>[] = [
  ...accessTokenColumns,
  moment('absolute_expires_at', (token) => token?.absoluteExpiresAt),
];

/** `INSERT INTO access_tokens … SELECT` of columns with these names; what follows says from where (`FROM … WHERE …`). */
export function insertAccessTokens(prefix: string): string {
  return `INSERT INTO access_tokens (${namesOf(accessTokenColumns)}) SELECT ${selected(prefix)}`;
}

export function insertRefreshTokens(prefix: string): string {
  return `INSERT INTO refresh_tokens (${namesOf(refreshTokenColumns)}) SELECT ${selected(prefix)}, ${prefix}absolute_expires_at`;
}

function selected(prefix: string): string {
  const p = (column: string) => prefix + column;
  const lists = `${p('scopes')}::text[], ${p('resources')}::text[]`;
  return `${p('id')}, ${p('digest')}, ${p('client_id')}, ${p('user_id')}, ${p('grant_id')}, ${lists}, ${p('issued_at')}, ${p('expires_at')}`;
}

/** Until when a grant is needed for the sake of these descendants and of all that a refresh may add. */
export function neededUntil(accessToken: AccessToken, refreshToken: RefreshToken | null): Date {
  const ends = [accessToken.expiresAt, ...(refreshToken ? [refreshToken.absoluteExpiresAt] : [])];
  return new Date(Math.max(...ends.map((end) => end.getTime())));
}
