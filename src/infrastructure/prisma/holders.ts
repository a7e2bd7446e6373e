/*
 * Those by whose leave a code or token is good: its grant `g`, if that was revoked, its client `k` and its person `u`. `of` is the alias of the code or token.
 *
 * Each is asked for by its key. `OFFSET 0` keeps PostgreSQL from joining them: an index that seems small would be read from end to end for each token, also when it is
 * small no more. Revoked grants are few and have an index of their own, while a look at its live grant for each token would cost as much as the token (ADR 0036).
 */

const grantRevoked = (of: string) => `FROM grants WHERE id = ${of}.grant_id AND revoked_at IS NOT NULL OFFSET 0`;

export function revokedGrant(of: string): string {
  return `LEFT JOIN LATERAL (SELECT revoked_at, revoke_reason ${grantRevoked(of)}) g ON true`;
}

export function client(of: string): string {
  return `LEFT JOIN LATERAL (SELECT id, removed_at FROM clients WHERE id = ${of}.client_id OFFSET 0) k ON true`;
}

export function person(of: string): string {
  return `LEFT JOIN LATERAL (SELECT id, email, username, admin, disabled_at FROM users WHERE id = ${of}.user_id OFFSET 0) u ON true`;
}

export function holders(of: string): string {
  return `${revokedGrant(of)} ${client(of)} ${person(of)}`;
}

/** With `holders`: one of them ended, or is not there. A grant is there as long as it is needed. */
export const holdersGone = 'k.id IS NULL OR u.id IS NULL OR COALESCE(g.revoked_at, k.removed_at, u.disabled_at) IS NOT NULL';

/** The opposite, without `holders`. */
export function holdersLive(of: string): string {
  return `NOT EXISTS (SELECT ${grantRevoked(of)}) AND EXISTS (SELECT FROM clients WHERE id = ${of}.client_id AND removed_at IS NULL OFFSET 0)
      AND EXISTS (SELECT FROM users WHERE id = ${of}.user_id AND disabled_at IS NULL OFFSET 0)`;
}

/** When the person proved who they are: told by the token, and for one of before that is told by its grant. */
export function authenticatedAt(of: string): string {
  return `COALESCE(${of}.authenticated_at, (SELECT authenticated_at FROM grants WHERE id = ${of}.grant_id)) AS authenticated_at`;
}
