import type { Client, ClientSettings, DisabledBy, GrantType } from '../../domain/clients/client.js';
import type { ClientSecret } from '../../domain/clients/client-secret.js';
import type { Client as Row, ClientSecret as SecretRow } from './generated/client.js';

export function settingsRow({ redirectUris, grantTypes, scopes, optionalScopes, ...rest }: ClientSettings) {
  return { ...rest, redirectUris: [...redirectUris], grantTypes: [...grantTypes], scopes: [...scopes], optionalScopes: [...optionalScopes] };
}

/**
 * Every member by its name: what a rest or a spread makes has a hidden class of its own each time, and as clients are read anew each second, V8 would throw away
 * each second what it has compiled for all that looks at one (ADR 0023).
 */
export function toDomain(row: Row & { secrets: readonly SecretRow[] }): Client {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    homepageUri: row.homepageUri,
    logoUri: row.logoUri,
    type: row.type as Client['type'],
    redirectUris: row.redirectUris,
    grantTypes: row.grantTypes as GrantType[],
    scopes: row.scopes,
    optionalScopes: row.optionalScopes,
    pkce: row.pkce as Client['pkce'],
    refresh: row.refresh as Client['refresh'],
    consent: row.consent as Client['consent'],
    accessTokenFormat: row.accessTokenFormat as Client['accessTokenFormat'],
    accessTokenLifetime: row.accessTokenLifetime,
    refreshTokenIdleLifetime: row.refreshTokenIdleLifetime,
    refreshTokenAbsoluteLifetime: row.refreshTokenAbsoluteLifetime,
    ownerId: row.ownerId,
    createdAt: row.createdAt,
    disabledAt: row.disabledAt,
    disabledBy: row.disabledAt && ((row.disabledBy ?? 'house') as DisabledBy),
    ownTokensRevokedAt: row.ownTokensRevokedAt,
    version: row.version,
    secrets: row.secrets.map(secretToDomain),
  };
}

/** Beside its client, which says whose it is. */
export function secretRow({ clientId, digest, lastUsed, ...secret }: ClientSecret) {
  return { ...secret, digest: new Uint8Array(digest), lastUsedAt: lastUsed?.at ?? null, lastUsedFrom: lastUsed?.from ?? null };
}

function secretToDomain(row: SecretRow): ClientSecret {
  return {
    id: row.id,
    clientId: row.clientId,
    label: row.label,
    digest: row.digest,
    lastFour: row.lastFour,
    createdAt: row.createdAt,
    createdBy: row.createdBy,
    expiresAt: row.expiresAt,
    lastUsed: row.lastUsedAt && { at: row.lastUsedAt, from: row.lastUsedFrom },
  };
}
