import type { AccessToken } from '../../domain/tokens/access-token.js';
import { type Column, rowsOf, text, uuid } from './coalescing/columns.js';
import { client, holders, person, revokedGrant } from './holders.js';
import { accessTokenColumns, insertAccessTokens } from './token-inserts.js';

export const add = `${insertAccessTokens('')} FROM ${rowsOf(accessTokenColumns, 'token')}`;

const personColumns = 'u.id AS person, u.email, u.username, u.admin, u.disabled_at';

/**
 * Tokens by their ids, those alone whose grant and client are there. The least and the greatest id tell, before anything is read, which partitions have nothing to
 * do with it.
 */
export const find = `
  SELECT t.id, t.digest, t.client_id, t.user_id, t.grant_id, t.scopes, t.resources, g.authenticated_at, t.issued_at, t.expires_at,
    COALESCE(t.revoked_at, g.revoked_at, k.removed_at) AS ended_at, COALESCE(t.revoke_reason, g.revoke_reason, 'revoked_by_operator') AS end_reason,
    k.own_tokens_revoked_at, ${personColumns}
  FROM access_tokens t ${holders('t')}
  WHERE t.id = ANY ($1::uuid[]) AND t.id BETWEEN ($2::uuid[])[1] AND ($2::uuid[])[2] AND (t.grant_id IS NULL OR g.id IS NOT NULL) AND k.id IS NOT NULL`;

export const knownColumns: readonly Column<AccessToken>[] = [
  uuid('id', ({ id }) => id),
  text('client_id', ({ clientId }) => clientId),
  uuid('user_id', ({ userId }) => userId),
  uuid('grant_id', ({ grantId }) => grantId),
];

/** How tokens stand that were good when they were read: what ended one by itself since is in the log of revocations, by the same commit. They themselves are not read. */
export const standing = `
  SELECT t.place, COALESCE(r.at, g.revoked_at, k.removed_at) AS ended_at, COALESCE(r.reason, g.revoke_reason, 'revoked_by_operator') AS end_reason,
    k.own_tokens_revoked_at, ${personColumns}
  FROM ${rowsOf(knownColumns, 't')}
  LEFT JOIN LATERAL (SELECT at, reason FROM revocations WHERE token_id = t.id LIMIT 1) r ON true ${revokedGrant('t')} ${client('t')} ${person('t')}
  WHERE k.id IS NOT NULL`;
