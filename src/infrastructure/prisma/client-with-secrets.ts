import type { Client, ClientSecret, PrismaClient } from './generated/client.js';

type Row = Client & { readonly [Column in keyof Omit<ClientSecret, 'clientId'> as `secret${Capitalize<Column>}`]: ClientSecret[Column] | null };

/**
 * A client that was not removed, with its secrets, as one statement: this is read on every token request, and the generated client would
 * ask twice.
 */
export async function clientWithSecrets(prisma: PrismaClient, id: string): Promise<(Client & { secrets: ClientSecret[] }) | null> {
  const rows = await prisma.$queryRaw<Row[]>`
    SELECT c.id, c.name, c.description, c.homepage_uri AS "homepageUri", c.logo_uri AS "logoUri", c.type, c.redirect_uris AS "redirectUris",
      c.grant_types AS "grantTypes", c.scopes, c.optional_scopes AS "optionalScopes", c.pkce, c.refresh, c.consent,
      c.access_token_format AS "accessTokenFormat",
      c.access_token_lifetime AS "accessTokenLifetime", c.refresh_token_idle_lifetime AS "refreshTokenIdleLifetime",
      c.refresh_token_absolute_lifetime AS "refreshTokenAbsoluteLifetime", c.owner_id AS "ownerId", c.created_at AS "createdAt",
      c.disabled_at AS "disabledAt", c.disabled_by AS "disabledBy", c.own_tokens_revoked_at AS "ownTokensRevokedAt",
      c.removed_at AS "removedAt", c.version,
      s.id AS "secretId", s.label AS "secretLabel", s.digest AS "secretDigest", s.last_four AS "secretLastFour",
      s.created_at AS "secretCreatedAt", s.created_by AS "secretCreatedBy", s.expires_at AS "secretExpiresAt",
      s.last_used_at AS "secretLastUsedAt", s.last_used_from AS "secretLastUsedFrom"
    FROM clients c LEFT JOIN client_secrets s ON s.client_id = c.id
    WHERE c.id = ${id}::text AND c.removed_at IS NULL
    ORDER BY s.id`;
  const [first] = rows;
  return first ? { ...first, secrets: rows.flatMap(secretOf) } : null;
}

/** None for a client without secrets, which the join gives one row of nulls. */
function secretOf({ id: clientId, secretId: id, secretLabel: label, secretDigest: digest, ...rest }: Row): ClientSecret[] {
  const { secretLastFour: lastFour, secretCreatedAt: createdAt, secretCreatedBy: createdBy, secretExpiresAt: expiresAt } = rest;
  const { secretLastUsedAt: lastUsedAt, secretLastUsedFrom: lastUsedFrom } = rest;
  if (id === null || label === null || digest === null || lastFour === null || createdAt === null) return [];
  return [{ id, clientId, label, digest, lastFour, createdAt, createdBy, expiresAt, lastUsedAt, lastUsedFrom }];
}
