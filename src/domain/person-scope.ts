/**
 * The scopes that speak of a person: who they are (OpenID Connect Core §3.1.2.1, §5.4), and that they may be away (§11). To a client that acts for itself
 * (RFC 6749 §4.4) they give nothing, so that it has them only if somebody asked for them by name.
 */
export const personScopes: readonly string[] = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'];

export function isPersonScope(scope: string): boolean {
  return personScopes.includes(scope);
}
