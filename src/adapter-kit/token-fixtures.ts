import type { Consumption } from '../application/ports/authorization-code-repository.js';
import type { Keeping, Rotation } from '../application/ports/refresh-token-repository.js';
import type { AuthorizationCode } from '../domain/authorization/authorization-code.js';
import type { Grant } from '../domain/authorization/grant.js';
import type { AccessToken } from '../domain/tokens/access-token.js';
import type { RefreshToken } from '../domain/tokens/refresh-token.js';
import { uuid7 } from '../domain/tokens/uuid7.js';
import { newBytes, now, plus } from './fixtures.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export function someCode({ id: grantId, userId, clientId, authenticatedAt }: Grant, fields: Partial<AuthorizationCode> = {}): AuthorizationCode {
  return {
    id: uuid7(now),
    digest: newBytes(),
    grantId,
    clientId,
    userId,
    redirectUri: 'https://client.example/callback',
    scopes: ['default', 'profile'],
    resources: ['https://api.example/'],
    codeChallenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    authenticatedAt,
    issuedAt: plus(0),
    expiresAt: plus(minute),
    grantExpiresAt: null,
    ...fields,
  };
}

export function someAccessToken({ id: grantId, userId, clientId, authenticatedAt }: Grant, fields: Partial<AccessToken> = {}): AccessToken {
  const times = { authenticatedAt, issuedAt: plus(0), expiresAt: plus(hour) };
  return { id: uuid7(now), digest: newBytes(), clientId, userId, grantId, scopes: ['default'], resources: ['https://api.example/'], ...times, ...fields };
}

/** What a client obtains for itself (RFC 6749 §4.4). */
export function someMachineToken(clientId: string, fields: Partial<AccessToken> = {}): AccessToken {
  const times = { authenticatedAt: null, issuedAt: plus(0), expiresAt: plus(hour) };
  return { id: uuid7(now), digest: newBytes(), clientId, userId: null, grantId: null, scopes: ['default'], resources: [], ...times, ...fields };
}

export function someRefreshToken({ id: grantId, userId, clientId, authenticatedAt }: Grant, fields: Partial<RefreshToken> = {}): RefreshToken {
  const times = { authenticatedAt, issuedAt: plus(0), expiresAt: plus(30 * day), absoluteExpiresAt: plus(365 * day) };
  return {
    id: uuid7(now),
    digest: newBytes(),
    clientId,
    userId,
    grantId,
    scopes: ['default', 'profile'],
    resources: ['https://api.example/'],
    ...times,
    ...fields,
  };
}

export function consumptionOf(code: AuthorizationCode, grant: Grant, fields: Partial<Consumption> = {}): Consumption & { refreshToken: RefreshToken | null } {
  return { id: code.id, at: plus(1000), accessToken: someAccessToken(grant), refreshToken: someRefreshToken(grant), ...fields };
}

export function rotationOf(token: RefreshToken, grant: Grant, fields: Partial<Rotation> = {}): Rotation {
  const at = fields.at ?? plus(hour);
  return {
    id: token.id,
    at,
    successor: someRefreshToken(grant, { issuedAt: at }),
    accessToken: someAccessToken(grant, { issuedAt: at }),
    sealedAnswer: newBytes(300),
    repeatableUntil: plus(30_000, at),
    ...fields,
  };
}

export function keepingOf(token: RefreshToken, grant: Grant, fields: Partial<Keeping> = {}): Keeping {
  const at = fields.at ?? plus(hour);
  return { id: token.id, at, expiresAt: plus(31 * day), accessToken: someAccessToken(grant, { issuedAt: at }), ...fields };
}
