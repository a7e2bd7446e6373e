import type { AccessToken } from '../../domain/tokens/access-token.js';
import type { RefreshToken } from '../../domain/tokens/refresh-token.js';
import { bytesArray, momentArray, textArray, textsArray, uuidArray } from './coalescing/binary-array.js';

/** The columns of many access tokens, as parameters of one statement. `null` leaves a row of nulls. */
export function accessTokenValues(tokens: readonly (AccessToken | null)[]): Uint8Array[] {
  return [
    uuidArray(tokens.map((token) => token?.id)),
    bytesArray(tokens.map((token) => token?.digest)),
    textArray(tokens.map((token) => token?.clientId)),
    uuidArray(tokens.map((token) => token?.userId)),
    uuidArray(tokens.map((token) => token?.grantId)),
    textsArray(tokens.map((token) => token?.scopes)),
    textsArray(tokens.map((token) => token?.resources)),
    momentArray(tokens.map((token) => token?.issuedAt)),
    momentArray(tokens.map((token) => token?.expiresAt)),
  ];
}

/** The same for refresh tokens. */
export function refreshTokenValues(tokens: readonly (RefreshToken | null)[]): Uint8Array[] {
  return [...accessTokenValues(tokens), momentArray(tokens.map((token) => token?.absoluteExpiresAt))];
}

const tokenTypes = ['uuid', 'bytea', 'text', 'uuid', 'uuid', 'text', 'text', 'timestamptz', 'timestamptz'];
const tokenColumns = ['id', 'digest', 'client_id', 'user_id', 'grant_id', 'scopes', 'resources', 'issued_at', 'expires_at'];

/** What `unnest` takes for `accessTokenValues` whose first parameter is the `first` of the statement. */
export function accessTokenArrays(first: number): string {
  return arrays(tokenTypes, first);
}

export function refreshTokenArrays(first: number): string {
  return arrays([...tokenTypes, 'timestamptz'], first);
}

/** The names of what `unnest` makes of them. */
export function accessTokenNames(prefix: string): string {
  return tokenColumns.map((column) => prefix + column).join(', ');
}

export function refreshTokenNames(prefix: string): string {
  return `${accessTokenNames(prefix)}, ${prefix}absolute_expires_at`;
}

/** `INSERT INTO access_tokens … SELECT` of columns with these names; what follows says from where (`FROM … WHERE …`). */
export function insertAccessTokens(prefix: string): string {
  return `INSERT INTO access_tokens (${accessTokenNames('')}) SELECT ${selected(prefix)}`;
}

export function insertRefreshTokens(prefix: string): string {
  return `INSERT INTO refresh_tokens (${refreshTokenNames('')}) SELECT ${selected(prefix)}, ${prefix}absolute_expires_at`;
}

/** Parameters of a statement, from the `first` on: an array of each type. */
export function arrays(types: readonly string[], first = 1): string {
  return types.map((type, index) => `$${first + index}::${type}[]`).join(', ');
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
