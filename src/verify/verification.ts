/**
 * What a good token says: the members of a JWT access token (RFC 9068 §2.2) or of introspection (RFC 7662 §2.2), whichever it was. Frozen, because every
 * request that brings the same token gets the same object.
 */
export interface TokenClaims {
  /** The issuer: Keywright. */
  readonly iss: string;
  /** Whom the client acts for: a user's id, or the client's own where it acts for itself. */
  readonly sub: string;
  readonly client_id: string;
  /** What was granted, with spaces between; empty for nothing. `scopes` beside the claims has it as a list. */
  readonly scope: string;
  /** When it expires: seconds since 1970-01-01T00:00:00Z. */
  readonly exp: number;
  /** When it was issued: seconds since 1970-01-01T00:00:00Z. */
  readonly iat?: number;
  /** Whom it is for (RFC 8707); an opaque token for no resource in particular has none. */
  readonly aud?: string | readonly string[];
  readonly jti?: string;
  /** The grant that it descends from; a client that acts for itself has none. */
  readonly grant_id?: string;
  /** When the user had last proved who they are, as they allowed the client: seconds since 1970-01-01T00:00:00Z. */
  readonly auth_time?: number;
  /** Of the user, in the answer of introspection. */
  readonly username?: string;
  readonly [name: string]: unknown;
}

/** The token is good, and has the scopes that were asked for. */
export interface Active {
  readonly active: true;
  readonly claims: TokenClaims;
  readonly scopes: readonly string[];
}

/** The token is not good, or it cannot be told; why, in the words of Keywright. */
export type Refused =
  /**
   * `malformed`: not written as a token of Keywright is. `unknown`: it is written so, and is none (a signature that does not hold, another issuer, never
   * issued, long gone). `wrong_audience`: made for another resource.
   */
  | { readonly active: false; readonly reason: 'malformed' | 'unknown' | 'expired' | 'wrong_audience' | 'client_disabled' | 'user_disabled' }
  /** `cause`, where Keywright told it: `revoked_by_person`, `revoked_by_client`, `revoked_by_operator`, `code_replayed`, `refresh_token_reused` … */
  | { readonly active: false; readonly reason: 'revoked'; readonly cause?: string }
  /** The token is good otherwise; `missing` are those of the scopes asked for that it lacks. */
  | { readonly active: false; readonly reason: 'insufficient_scope'; readonly missing: readonly string[] }
  /** Keywright does not answer, and without it nothing can be said. `retryAfter`: seconds. */
  | { readonly active: false; readonly reason: 'unavailable'; readonly retryAfter: number };

export type Verification = Active | Refused;

export type RefusalReason = Refused['reason'];

export function refused(reason: 'malformed' | 'unknown' | 'expired' | 'wrong_audience' | 'client_disabled' | 'user_disabled'): Refused {
  return { active: false, reason };
}

export const unavailable: Refused = Object.freeze({ active: false, reason: 'unavailable', retryAfter: 2 });

/** The claims as every request shares them. */
export function active(claims: TokenClaims): Active {
  const { aud } = claims;
  if (Array.isArray(aud)) Object.freeze(aud);
  const scopes = Object.freeze(claims.scope.split(' ').filter((scope) => scope !== ''));
  return Object.freeze({ active: true, claims: Object.freeze(claims), scopes });
}
