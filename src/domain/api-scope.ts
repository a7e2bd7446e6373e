/**
 * The scopes of this server's own API. They reach over clients, people and what acts for them, so that no client has them unless somebody
 * asked for them by name.
 */
export const apiScopes = ['clients:read', 'clients:write', 'grants:read', 'grants:write', 'sessions:read', 'sessions:write', 'admin'] as const;
export type ApiScope = (typeof apiScopes)[number];

/** Widens the reach from one's own to everybody's, for administrators and for clients of the house itself. */
export const adminScope = 'admin' satisfies ApiScope;

export function isApiScope(scope: string): scope is ApiScope {
  return (apiScopes as readonly string[]).includes(scope);
}

/** Those that a client may ask for which nobody gave any by name. */
export function openScopes(known: readonly string[]): string[] {
  return known.filter((name) => !isApiScope(name));
}
