/*
 * Those by whose leave a code or token is good: its grant `g`, its client `k` and its person `u`. `of` is the alias of the code or token.
 *
 * Each is asked for by its key. `OFFSET 0` keeps PostgreSQL from joining them: an index that seems small would be read from end to end for each token, also when it is
 * small no more.
 */

export function grant(of: string): string {
  return `LEFT JOIN LATERAL (SELECT id, authenticated_at, revoked_at, revoke_reason FROM grants WHERE id = ${of}.grant_id OFFSET 0) g ON true`;
}

/** The grant only if it was revoked: those are few and have an index of their own. */
export function revokedGrant(of: string): string {
  return `LEFT JOIN LATERAL (SELECT revoked_at, revoke_reason FROM grants WHERE id = ${of}.grant_id AND revoked_at IS NOT NULL OFFSET 0) g ON true`;
}

export function client(of: string): string {
  return `LEFT JOIN LATERAL (SELECT id, removed_at, own_tokens_revoked_at FROM clients WHERE id = ${of}.client_id OFFSET 0) k ON true`;
}

export function person(of: string): string {
  return `LEFT JOIN LATERAL (SELECT id, email, username, admin, disabled_at FROM users WHERE id = ${of}.user_id OFFSET 0) u ON true`;
}

export function holders(of: string): string {
  return `${grant(of)} ${client(of)} ${person(of)}`;
}

/** With `holders`: one of them ended, or is not there. */
export const holdersGone = 'g.id IS NULL OR k.id IS NULL OR u.id IS NULL OR COALESCE(g.revoked_at, k.removed_at, u.disabled_at) IS NOT NULL';

/** The opposite, without `holders`. Written so that no index of the grants that were not revoked seems as good as the key. */
export function holdersLive(of: string): string {
  return `EXISTS (SELECT FROM grants WHERE id = ${of}.grant_id AND COALESCE(revoked_at, 'infinity') = 'infinity' OFFSET 0)
      AND EXISTS (SELECT FROM clients WHERE id = ${of}.client_id AND removed_at IS NULL OFFSET 0)
      AND EXISTS (SELECT FROM users WHERE id = ${of}.user_id AND disabled_at IS NULL OFFSET 0)`;
}
