import type { Client } from '../../domain/clients/client.js';
import type { Secret } from '../../domain/secret.js';
import { settingsOnTheWire } from '../api/clients/client-wire.js';

/** A client in the words of the API, and of RFC 7591 §3.2.1. `client_secret` is there only when one was just made. */
export function clientToJson(client: Client, secret: string | null = null): Record<string, unknown> {
  return {
    client_id: client.id,
    ...(secret === null ? {} : { client_secret: secret, client_secret_expires_at: 0 }),
    client_id_issued_at: seconds(client.createdAt),
    ...settingsOnTheWire(client),
    response_types: client.grantTypes.includes('authorization_code') ? ['code'] : [],
    version: client.version,
    owner_id: client.ownerId,
    disabled_at: client.disabledAt,
    disabled_by: client.disabledBy,
    own_tokens_revoked_at: client.ownTokensRevokedAt,
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
