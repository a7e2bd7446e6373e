/** Those by whose leave a code or refresh token is good: its grant `g`, its client `k` and its person `u`. `of` is the alias of its table. */
export function holders(of: string): string {
  return `LEFT JOIN grants g ON g.id = ${of}.grant_id LEFT JOIN clients k ON k.id = ${of}.client_id LEFT JOIN users u ON u.id = ${of}.user_id`;
}

/** When one of them ended. Written so that the index of the grants that are not revoked never seems as good as the key, as it would while the tables are small. */
export const holdersEnded = 'COALESCE(g.revoked_at, k.removed_at, u.disabled_at)';

/** One of them ended, or is not there. */
export const holdersGone = `g.id IS NULL OR k.id IS NULL OR u.id IS NULL OR ${holdersEnded} IS NOT NULL`;
