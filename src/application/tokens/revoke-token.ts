import type { Client } from '../../domain/clients/client.js';
import { InvalidGrant } from '../../domain/errors.js';
import { matchesDigest, parseToken } from '../../domain/tokens/opaque-token.js';
import type { PresentedToken } from '../../domain/tokens/presented-token.js';
import type { AccessTokenRepository } from '../ports/access-token-repository.js';
import type { Clock } from '../ports/clock.js';
import type { GrantRepository } from '../ports/grant-repository.js';
import type { RefreshTokenRepository } from '../ports/refresh-token-repository.js';

export interface RevokeTokenInput {
  /** Authenticated before. */
  readonly client: Client;
  readonly token: string;
}

/** What a client's revocation ended: a token, or the grant that a refresh token is of. */
export interface RevokedByClient {
  readonly grantId: string | null;
}

/** A client is done with a token (RFC 7009). `null`: there was nothing to end. Throws `InvalidGrant` when the token is another client's. */
export class RevokeToken {
  constructor(
    private readonly accessTokens: AccessTokenRepository,
    private readonly refreshTokens: RefreshTokenRepository,
    private readonly grants: GrantRepository,
    private readonly clock: Clock,
  ) {}

  async execute({ client, token: text }: RevokeTokenInput): Promise<RevokedByClient | null> {
    const presented = parseToken(text);
    // "invalid tokens do not cause an error response since the client cannot handle such an error" (RFC 7009 §2.2)
    const token = presented && (await this.find(presented));
    if (!token || !matchesDigest(presented, token.digest)) return null;

    // "verifies … whether the token was issued to the client making the revocation request. If this validation fails, the request is refused" (RFC 7009 §2.1)
    if (token.clientId !== client.id) throw new InvalidGrant('the token was issued to another client');

    const now = this.clock.now();
    if (presented.kind === 'at') await this.accessTokens.revoke(token.id, 'revoked_by_client', now);
    // "If the particular token is a refresh token … the authorization server SHOULD also invalidate all access tokens based on the same
    // authorization grant" (RFC 7009 §2.1)
    else if (token.grantId !== null) await this.grants.revoke(token.grantId, 'revoked_by_client', now);
    return { grantId: token.grantId };
  }

  private async find(presented: PresentedToken) {
    if (presented.kind === 'at') return this.accessTokens.find(presented.id);
    if (presented.kind === 'rt') return this.refreshTokens.find(presented.id);
    return null;
  }
}
