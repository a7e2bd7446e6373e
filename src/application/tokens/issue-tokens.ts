import type { Client } from '../../domain/clients/client.js';
import type { AccessToken } from '../../domain/tokens/access-token.js';
import { type MintedToken, mintToken } from '../../domain/tokens/opaque-token.js';
import { idleExpiry, type RefreshToken } from '../../domain/tokens/refresh-token.js';
import type { Lifetimes } from './lifetimes.js';

/** For whom and what a token is. */
export interface AccessTokenTerms {
  readonly client: Client;
  readonly userId: string | null;
  readonly grantId: string | null;
  readonly scopes: readonly string[];
  /** When the person proved who they are, as of the grant; `null`: not known, or nobody's. */
  readonly authenticatedAt: Date | null;
  readonly resources: readonly string[];
  /** The end of what the token descends from, if it has one: a token does not outlive it. */
  readonly notAfter: Date | null;
}

export interface IssuedAccessToken {
  readonly text: string;
  readonly record: AccessToken;
  /** Seconds. */
  readonly expiresIn: number;
}

/**
 * `expires_in` of a token (RFC 6749 §5.1): the seconds that are left of it, rounded down, so that a client that counts them never believes in a dead token. In the
 * first second it is the lifetime: those who race for one token, and get it a few milliseconds apart, are told the same.
 */
export function expiresInOf({ issuedAt, expiresAt }: Pick<AccessToken, 'issuedAt' | 'expiresAt'>, now = issuedAt): number {
  const passed = now.getTime() - issuedAt.getTime() < 1000 ? issuedAt : now;
  return Math.floor((expiresAt.getTime() - passed.getTime()) / 1000);
}

export interface RefreshTokenTerms extends Omit<AccessTokenTerms, 'notAfter'> {
  readonly userId: string;
  readonly grantId: string;
  readonly absoluteExpiresAt: Date;
}

/** Makes a refresh token, a new one unless it is `minted` already: the text for the client, the record for the store. */
export function issueRefreshToken(
  terms: RefreshTokenTerms,
  lifetimes: Lifetimes,
  now: Date,
  minted: MintedToken = mintToken('rt', now),
): { text: string; record: RefreshToken } {
  const { id, token, digest } = minted;
  const { client, absoluteExpiresAt, userId, grantId, scopes, resources, authenticatedAt } = terms;
  const expiresAt = idleExpiry(now, lifetimes.refreshTokenIdle, absoluteExpiresAt);
  const record = { id, digest, clientId: client.id, userId, grantId, scopes, resources, authenticatedAt, issuedAt: now, expiresAt, absoluteExpiresAt };
  return { text: token, record };
}
