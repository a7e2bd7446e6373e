import type { EndReason } from '../../domain/authorization/grant.js';
import type { User } from '../../domain/people/user.js';
import type { AccessToken, StoredAccessToken } from '../../domain/tokens/access-token.js';

/** What a verification needs to know of the person whom a token acts for. */
export type TokenUser = Pick<User, 'id' | 'email' | 'username' | 'admin' | 'disabledAt'>;

export interface TokenWithUser {
  readonly token: StoredAccessToken;
  /** `null` for a token that acts for its client; also when the person is not there any more. */
  readonly user: TokenUser | null;
}

/** Access tokens. Those of a person are mostly saved by `consume`, `rotate` and `keep`, together with what they came from. Any verb may throw `StorageUnavailable`. */
export interface AccessTokenRepository {
  /** Keeps a token that a client obtained for itself (RFC 6749 §4.4), or one more under a grant. It is found ended when its grant is. */
  add(token: AccessToken): Promise<void>;
  /**
   * The token, expired or not, and whether it, its grant or its client was ended, or all that the client obtained for itself; `null` when there is none. Nobody saves one
   * whose grant or client never was: every answer is right for it.
   */
  find(id: string): Promise<StoredAccessToken | null>;
  /** The same with the person whom it acts for, as both are at this moment. Called on every verification. */
  findWithUser(id: string): Promise<TokenWithUser | null>;
  /** Ends one token; its grant and its siblings live on. The first reason stays. Ending what is not there is no error. */
  revoke(id: string, reason: EndReason, at: Date): Promise<void>;
}
