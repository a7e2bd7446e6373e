/**
 * The grant `g` of a code or token, if it was revoked: those are few, and asked by an index of their own, while a look at its grant for each token would cost as
 * much as the token (ADR 0036). `of` is the alias of its table.
 */
export function revokedGrant(of: string): string {
  return `LEFT JOIN grants g ON ${isRevokedGrantOf(of)}`;
}

export function isRevokedGrantOf(of: string): string {
  return `g.id = ${of}.grant_id AND g.revoked_at IS NOT NULL`;
}

/** When the person proved who they are: told by the token, and for one of before that is told by its grant. */
export function authenticatedAt(of: string): string {
  return `COALESCE(${of}.authenticated_at, (SELECT authenticated_at FROM grants WHERE grants.id = ${of}.grant_id)) AS authenticated_at`;
}

/** Those by whose leave a code or refresh token is good: its grant `g` if it was revoked, its client `k` and its person `u`. */
export function holders(of: string): string {
  return `${revokedGrant(of)} LEFT JOIN clients k ON k.id = ${of}.client_id LEFT JOIN users u ON u.id = ${of}.user_id`;
}

/** One of them ended, or is not there. A grant is there as long as it is needed. */
export const holdersGone = 'k.id IS NULL OR u.id IS NULL OR COALESCE(g.revoked_at, k.removed_at, u.disabled_at) IS NOT NULL';
