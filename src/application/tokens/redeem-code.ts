import type { AuthorizationCode } from '../../domain/authorization/authorization-code.js';
import { type Client, mayUse } from '../../domain/clients/client.js';
import { InvalidGrant, InvalidScope, UsedAgain } from '../../domain/errors.js';
import { earlier, later } from '../../domain/moments.js';
import { scopesWithin } from '../../domain/scope.js';
import type { ForgetIfRevoked } from '../connections/forget-if-revoked.js';
import type { AuthorizationCodeRepository } from '../ports/authorization-code-repository.js';
import type { Clock } from '../ports/clock.js';
import { briefly } from './briefly.js';
import type { IssueAccessToken } from './issue-access-token.js';
import { issueRefreshToken } from './issue-tokens.js';
import { type Lifetimes, lifetimesOf } from './lifetimes.js';
import { narrowResources } from './narrow-resources.js';
import { answerOf, type TokenAnswer } from './token-answer.js';

export interface Redemption {
  readonly client: Client;
  /** Found, and the client's own. */
  readonly code: AuthorizationCode;
  /** Those that the token request names (RFC 8707 §2.2); of the code's, as many or fewer. */
  readonly resources: readonly string[];
}

/** Gives the tokens of a code, once (RFC 6749 §4.1.4). Throws `InvalidGrant`, `InvalidScope`, `InvalidTarget`. */
export class RedeemCode {
  constructor(
    private readonly codes: Pick<AuthorizationCodeRepository, 'consume'>,
    private readonly issueAccessToken: IssueAccessToken,
    private readonly forgetIfRevoked: ForgetIfRevoked,
    private readonly lifetimes: Lifetimes,
    private readonly clock: Clock,
  ) {}

  async execute({ client, code, resources }: Redemption): Promise<TokenAnswer> {
    const now = this.clock.now();
    if (code.grantExpiresAt !== null && code.grantExpiresAt <= now)
      throw new InvalidGrant('the authorization has ended', 'the time that the person chose is over');

    const lifetimes = lifetimesOf(client, this.lifetimes);
    // What was taken from the client since the person allowed it.
    const scopes = scopesWithin(code.scopes, client.scopes);
    if (scopes.length === 0) throw new InvalidScope(`this client may no longer have ${briefly(code.scopes)}`);
    const { userId, grantId, authenticatedAt } = code;
    const terms = { client, userId, grantId, scopes, authenticatedAt, resources: narrowResources(resources, code.resources), notAfter: code.grantExpiresAt };
    const accessToken = await this.issueAccessToken.execute(terms, lifetimes, now);
    const refreshToken = mayUse(client, 'refresh_token')
      ? issueRefreshToken(
          {
            ...terms,
            scopes: code.scopes,
            resources: code.resources,
            absoluteExpiresAt: earlier(later(now, lifetimes.refreshTokenAbsolute), code.grantExpiresAt),
          },
          lifetimes,
          now,
        )
      : null;

    // "The client MUST NOT use the authorization code more than once. If … used more than once, the authorization server MUST deny the request
    // and SHOULD revoke all tokens previously issued based on that code" (RFC 6749 §4.1.2): one verb decides the winner and does both.
    const outcome = await this.codes.consume({ id: code.id, at: now, accessToken: accessToken.record, refreshToken: refreshToken?.record ?? null });
    switch (outcome) {
      case 'consumed':
        return answerOf(accessToken, refreshToken && { id: refreshToken.record.id, text: refreshToken.text });
      case 'replayed':
        await this.forgetIfRevoked.ifPossible(code);
        throw new UsedAgain('the authorization code was used before; what it gave has been revoked', 'replayed', grantId);
      case 'expired':
        throw new InvalidGrant('the authorization code has expired');
      case 'revoked':
        throw new InvalidGrant('the authorization has ended');
      case 'unknown':
        throw new InvalidGrant('the authorization code is unknown or too old');
    }
  }
}
