import type { Client } from '../../domain/clients/client.js';
import type { Secret } from '../../domain/secret.js';

/** A client in the words of RFC 7591 §2 and §3.2.1 where it has one. `client_secret` is there only when one was just made. */
export function clientToJson(client: Client, secret: string | null = null): Record<string, unknown> {
  return {
    client_id: client.id,
    ...(secret === null ? {} : { client_secret: secret, client_secret_expires_at: 0 }),
    client_id_issued_at: seconds(client.createdAt),
    client_name: client.name,
    description: client.description,
    client_uri: client.homepageUri,
    logo_uri: client.logoUri,
    redirect_uris: client.redirectUris,
    grant_types: client.grantTypes,
    response_types: client.grantTypes.includes('authorization_code') ? ['code'] : [],
    scope: client.scopes.join(' '),
    optional_scope: client.optionalScopes.join(' '),
    token_endpoint_auth_method: client.type === 'public' ? 'none' : 'client_secret_basic',
    pkce: client.pkce,
    refresh: client.refresh,
    consent: client.consent,
    access_token_format: client.accessTokenFormat,
    access_token_lifetime: client.accessTokenLifetime,
    refresh_token_idle_lifetime: client.refreshTokenIdleLifetime,
    refresh_token_absolute_lifetime: client.refreshTokenAbsoluteLifetime,
    version: client.version,
    owner_id: client.ownerId,
    disabled_at: client.disabledAt,
    disabled_by: client.disabledBy,
    secrets: client.secrets.map(secretToJson),
  };
}

export function secretToJson(secret: Secret): Record<string, unknown> {
  const { id, label, lastFour, createdAt, createdBy, expiresAt, lastUsed } = secret;
  const use = { last_used_at: lastUsed?.at ?? null, last_used_from: lastUsed?.from ?? null };
  return { id, label, last_four: lastFour, created_at: createdAt, created_by: createdBy, expires_at: expiresAt, ...use };
}

/** Seconds since 1970, `0` for never: how RFC 7591 §3.2.1 tells when a secret expires. */
export function secretExpiry(expiresAt: Date | null): number {
  return expiresAt === null ? 0 : seconds(expiresAt);
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
