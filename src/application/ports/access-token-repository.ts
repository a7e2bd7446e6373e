import type { EndReason } from '../../domain/authorization/grant.js';
import type { AccessToken, StoredAccessToken } from '../../domain/tokens/access-token.js';

/** Access tokens. Those of a person are mostly saved by `consume`, `rotate` and `keep`, together with what they came from. Any verb may throw `StorageUnavailable`. */
export interface AccessTokenRepository {
  /** Keeps a token that a client obtained for itself (RFC 6749 §4.4), or one more under a grant. It is found ended when its grant is. */
  add(token: AccessToken): Promise<void>;
  /** The token, expired or not, and whether it or its grant was ended; `null` when there is none. Called on every verification. */
  find(id: string): Promise<StoredAccessToken | null>;
  /** Ends one token; its grant and its siblings live on. The first reason stays. Ending what is not there is no error. */
  revoke(id: string, reason: EndReason, at: Date): Promise<void>;
}
