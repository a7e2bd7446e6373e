import { consentUnder } from '../../domain/authorization/grant.js';
import { InvalidInput, NotFound } from '../../domain/errors.js';
import { matchesDigest, parseToken } from '../../domain/tokens/opaque-token.js';
import type { PresentedToken, TokenKind } from '../../domain/tokens/presented-token.js';
import type { EndAccess } from '../connections/end-access.js';
import type { ForgetConsent } from '../connections/forget-consent.js';
import { namedUser, type UserRef } from '../people/named-user.js';
import type { AccessTokenRepository } from '../ports/access-token-repository.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { Clock } from '../ports/clock.js';
import type { GrantRepository } from '../ports/grant-repository.js';
import type { RefreshTokenRepository } from '../ports/refresh-token-repository.js';
import type { UserRepository } from '../ports/user-repository.js';

/** One token, or every grant of a person, or of a person for a client. */
export type OperatorRevocation = { readonly token: string } | { readonly user: UserRef; readonly clientId?: string | undefined };

/** What came to an end. `already`: it had ended before. `consents`: how many were forgotten. */
export type OperatorRevoked =
  | { readonly ended: 'access_token'; readonly tokenId: string; readonly grantId: string | null; readonly already: boolean }
  | { readonly ended: 'grant'; readonly grantId: string; readonly already: boolean; readonly consents: number }
  | { readonly ended: 'grants'; readonly count: number; readonly consents: number; readonly userId: string };

const reason = 'revoked_by_operator';

const otherKinds: Record<Exclude<TokenKind, 'at' | 'rt'>, string> = {
  ac: 'an authorization code',
  se: 'a session',
  cs: 'a client secret',
  rs: 'the secret of a resource server',
  al: 'an account link',
  dc: 'a device code',
  us: 'a sign-in that is under way',
};

/** Ends what was handed out, at an operator's word; with grants go the consents, as when people disconnect an app. Throws `InvalidInput` for what is no token, `NotFound` for what is not in the store. */
export class RevokeByOperator {
  constructor(
    private readonly accessTokens: AccessTokenRepository,
    private readonly refreshTokens: RefreshTokenRepository,
    private readonly grants: GrantRepository,
    private readonly users: UserRepository,
    private readonly clients: ClientRepository,
    private readonly endAccess: EndAccess,
    private readonly forgetConsent: ForgetConsent,
    private readonly clock: Clock,
  ) {}

  async execute(input: OperatorRevocation): Promise<OperatorRevoked> {
    if ('token' in input) return this.revokeToken(input.token);
    const clientId = input.clientId === undefined ? undefined : await this.knownClient(input.clientId);
    const { id: userId } = await namedUser(this.users, input.user);
    const of = clientId === undefined ? { userId } : { userId, clientId };
    const { grants: count, consents } = await this.endAccess.execute({ actor: 'operator', of, reason });
    return { ended: 'grants', count, consents, userId };
  }

  private async revokeToken(text: string): Promise<OperatorRevoked> {
    const presented = parseToken(text);
    if (presented === null) throw new InvalidInput([{ field: 'token', message: 'is not a token of this server, or was cut or mistyped' }]);
    if (presented.kind === 'at') return this.revokeAccessToken(presented);
    if (presented.kind === 'rt') return this.revokeRefreshToken(presented);
    throw new InvalidInput([{ field: 'token', message: `is ${otherKinds[presented.kind]}, not an access token or a refresh token` }]);
  }

  private async revokeAccessToken(presented: PresentedToken): Promise<OperatorRevoked> {
    const token = await this.accessTokens.find(presented.id);
    if (token === null || !matchesDigest(presented, token.digest)) throw new NotFound('token');
    await this.accessTokens.revoke(token.id, reason, this.clock.now());
    return { ended: 'access_token', tokenId: token.id, grantId: token.grantId, already: token.ended !== null };
  }

  /** "the authorization server SHOULD also invalidate all access tokens based on the same authorization grant" (RFC 7009 §2.1). */
  private async revokeRefreshToken(presented: PresentedToken): Promise<OperatorRevoked> {
    const token = await this.refreshTokens.find(presented.id);
    if (token === null || !matchesDigest(presented, token.digest)) throw new NotFound('token');
    const { userId, clientId, grantId } = token;
    const grant = await this.grants.find(grantId);
    const revoked = await this.grants.revoke(grantId, reason, this.clock.now());
    const consents = await this.forgetConsent.execute({ actor: 'operator', ...(grant ? consentUnder(grant) : { of: { userId, clientId } }) });
    return { ended: 'grant', grantId, already: !revoked, consents };
  }

  private async knownClient(clientId: string): Promise<string> {
    if ((await this.clients.find(clientId)) === null) throw new NotFound('client');
    return clientId;
  }
}
