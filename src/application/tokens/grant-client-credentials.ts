import { type Client, mayUse } from '../../domain/clients/client.js';
import { InvalidScope, UnauthorizedClient } from '../../domain/errors.js';
import { scopesBeyond, scopesWhenNoneNamed } from '../../domain/scope.js';
import { momentOfOwnTokens } from '../../domain/tokens/own-token.js';
import type { AccessTokenRepository } from '../ports/access-token-repository.js';
import type { Clock } from '../ports/clock.js';
import type { IssueAccessToken } from './issue-access-token.js';
import { type Lifetimes, lifetimesOf } from './lifetimes.js';
import { narrowResources } from './narrow-resources.js';
import { scopesRefused } from './scopes-refused.js';
import { answerOf, type TokenAnswer } from './token-answer.js';

export interface GrantClientCredentialsInput {
  /** Authenticated before. */
  readonly client: Client;
  readonly scopes: readonly string[] | null;
  readonly resources: readonly string[];
}

/** A client obtains an access token for itself (RFC 6749 §4.4). Throws `InvalidScope`, `InvalidTarget`, `UnauthorizedClient`. */
export class GrantClientCredentials {
  constructor(
    private readonly accessTokens: AccessTokenRepository,
    private readonly issueAccessToken: IssueAccessToken,
    private readonly lifetimes: Lifetimes,
    private readonly clock: Clock,
  ) {}

  async execute({ client, scopes, resources }: GrantClientCredentialsInput): Promise<TokenAnswer> {
    // "The client credentials grant type MUST only be used by confidential clients" (RFC 6749 §4.4)
    if (client.type !== 'confidential' || !mayUse(client, 'client_credentials')) throw new UnauthorizedClient('this client may not use client_credentials');
    const beyond = scopesBeyond(scopes ?? [], client.scopes);
    if (beyond.length > 0) throw scopesRefused(beyond);

    const granted = scopes ?? scopesWhenNoneNamed(client.scopes);
    // "the authorization server MUST either process the request using a pre-defined default value or fail the request indicating an invalid scope" (RFC 6749 §3.3)
    if (granted.length === 0) throw new InvalidScope('name at least one scope');
    const lifetimes = lifetimesOf(client, this.lifetimes);
    const nobody = { userId: null, grantId: null, authenticatedAt: null };
    const terms = { client, ...nobody, scopes: granted, resources: narrowResources(resources, []), notAfter: null };
    const issued = await this.issueAccessToken.execute(terms, lifetimes, momentOfOwnTokens(client, this.clock.now()));
    await this.accessTokens.add(issued.record);

    // "A refresh token SHOULD NOT be included" (RFC 6749 §4.4.3)
    return answerOf(issued, null);
  }
}
