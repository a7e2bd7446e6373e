/** Those by whose leave a code or refresh token is good: its grant `g`, its client `k` and its person `u`. `of` is the alias of its table. */
export function holders(of: string): string {
  return `LEFT JOIN grants g ON g.id = ${of}.grant_id LEFT JOIN clients k ON k.id = ${of}.client_id LEFT JOIN users u ON u.id = ${of}.user_id`;
}

/**
 * One of them is gone, revoked or disabled. It stands in verdicts and not in joins: an index of the grants that are not revoked would there seem as good as the
 * key while the tables are small.
 */
export const holdersGone = 'g.id IS NULL OR g.revoked_at IS NOT NULL OR k.id IS NULL OR k.removed_at IS NOT NULL OR u.id IS NULL OR u.disabled_at IS NOT NULL';
