import type { Client } from '../../domain/clients/client.js';
import type { AccessToken } from '../../domain/tokens/access-token.js';
import { mintToken } from '../../domain/tokens/opaque-token.js';
import { idleExpiry, type RefreshToken } from '../../domain/tokens/refresh-token.js';
import { later, type Lifetimes } from './lifetimes.js';

/** For whom and what a token is. */
export interface AccessTokenTerms {
  readonly client: Client;
  readonly userId: string | null;
  readonly grantId: string | null;
  readonly scopes: readonly string[];
  readonly resources: readonly string[];
}

export interface RefreshTokenTerms extends AccessTokenTerms {
  readonly userId: string;
  readonly grantId: string;
  readonly absoluteExpiresAt: Date;
}

/** Makes an access token: the text for the client, the record for the store. */
export function issueAccessToken(terms: AccessTokenTerms, lifetimes: Lifetimes, now: Date): { text: string; record: AccessToken } {
  const { id, token, digest } = mintToken('at', now);
  const { client, userId, grantId, scopes, resources } = terms;
  return { text: token, record: { id, digest, clientId: client.id, userId, grantId, scopes, resources, issuedAt: now, expiresAt: later(now, lifetimes.accessToken) } };
}

/** Makes a refresh token: the text for the client, the record for the store. */
export function issueRefreshToken(terms: RefreshTokenTerms, lifetimes: Lifetimes, now: Date): { text: string; record: RefreshToken } {
  const { id, token, digest } = mintToken('rt', now);
  const { client, userId, grantId, scopes, resources, absoluteExpiresAt } = terms;
  const expiresAt = idleExpiry(now, lifetimes.refreshTokenIdle, absoluteExpiresAt);
  return { text: token, record: { id, digest, clientId: client.id, userId, grantId, scopes, resources, issuedAt: now, expiresAt, absoluteExpiresAt } };
}
