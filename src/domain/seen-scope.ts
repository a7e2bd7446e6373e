import { adminScope, isApiScope } from './api-scope.js';

/** Those of the claims of `/oauth/me` (OpenID Connect Core §5.4), which uses them. */
export const claimScopes: readonly string[] = ['profile', 'email'];

/**
 * Is every use of this scope seen here? Of those that this server itself asks for it is. A use of another is known where its API tells what it needs a token
 * for (`scope` at introspection); `offline_access` is needed by no call at all, and `admin`
 * widens calls that need another.
 */
export function useIsSeen(scope: string): boolean {
  return (isApiScope(scope) && scope !== adminScope) || claimScopes.includes(scope);
}
