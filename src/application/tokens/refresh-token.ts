import { type Client, mayUse } from '../../domain/clients/client.js';
import { InvalidGrant, InvalidScope, UnauthorizedClient, UsedAgain } from '../../domain/errors.js';
import { later } from '../../domain/moments.js';
import { sameMembers, scopesBeyond, scopesWithin } from '../../domain/scope.js';
import type { StoredAccessToken } from '../../domain/tokens/access-token.js';
import { type MintedToken, matchesDigest, parseTokenOf } from '../../domain/tokens/opaque-token.js';
import type { PresentedToken } from '../../domain/tokens/presented-token.js';
import { idleExpiry, type StoredRefreshToken } from '../../domain/tokens/refresh-token.js';
import { type AnsweredTokens, openAnswer, sealAnswer } from '../../domain/tokens/repeatable-answer.js';
import { newSuccessors } from '../../domain/tokens/successors.js';
import type { ForgetIfRevoked } from '../connections/forget-if-revoked.js';
import type { KeyRing } from '../keys/key-ring.js';
import type { AccessTokenRepository } from '../ports/access-token-repository.js';
import type { Clock } from '../ports/clock.js';
import type { RefreshRefusal, RefreshTokenRepository } from '../ports/refresh-token-repository.js';
import { briefly } from './briefly.js';
import type { IssueAccessToken } from './issue-access-token.js';
import { expiresInOf, issueRefreshToken } from './issue-tokens.js';
import { type Lifetimes, lifetimesOf } from './lifetimes.js';
import { narrowResources } from './narrow-resources.js';
import { answerOf, type TokenAnswer } from './token-answer.js';

export interface RefreshTokenInput {
  /** Authenticated before. */
  readonly client: Client;
  readonly refreshToken: string;
  /** Narrows the access token only; `null` asks for all that was granted. */
  readonly scopes: readonly string[] | null;
  readonly resources: readonly string[];
}

/**
 * Obtains a new access token for a grant (RFC 6749 §6, RFC 9700 §4.14.2). Throws `InvalidGrant`, `InvalidScope`, `InvalidTarget`, `UnauthorizedClient`.
 * The same token from the same client within the grace window gets the same answer again: a lost answer or a race signs nobody out. One that asks for
 * other scopes or resources than the first, or comes when the first access token is good no more, gets one of its own beside the same successor.
 */
export class RefreshToken {
  constructor(
    private readonly refreshTokens: RefreshTokenRepository,
    private readonly accessTokens: AccessTokenRepository,
    private readonly issueAccessToken: IssueAccessToken,
    private readonly forgetIfRevoked: ForgetIfRevoked,
    private readonly keys: Pick<KeyRing, 'isWithdrawn'>,
    private readonly lifetimes: Lifetimes,
    private readonly clock: Clock,
  ) {}

  async execute({ client, refreshToken: text, scopes, resources }: RefreshTokenInput): Promise<TokenAnswer> {
    if (!mayUse(client, 'refresh_token')) throw new UnauthorizedClient('this client may not use refresh_token');

    const presented = parseTokenOf('rt', text);
    if (!presented) throw new InvalidGrant('the refresh token is malformed');
    const token = await this.refreshTokens.find(presented.id);
    if (!token || !matchesDigest(presented, token.digest)) throw new InvalidGrant('the refresh token is unknown or too old');

    // "the refresh token is bound to the client to which it was issued" (RFC 6749 §6)
    if (token.clientId !== client.id) throw new InvalidGrant('the refresh token is unknown or too old', 'issued to another client');

    // "The requested scope MUST NOT include any scope not originally granted by the resource owner" (RFC 6749 §6)
    const beyond = scopesBeyond(scopes ?? [], token.scopes);
    if (beyond.length > 0) throw new InvalidScope(`the grant does not include ${briefly(beyond)}`);
    // Of what was granted, the client gets what it may still have; the answer says so (RFC 6749 §3.3).
    const allowed = scopesWithin(scopes ?? token.scopes, client.scopes);
    if (allowed.length === 0) throw new InvalidScope(`this client may no longer have ${briefly(scopes ?? token.scopes)}`);
    const { userId, grantId, authenticatedAt, absoluteExpiresAt } = token;
    // Nothing outlives the chain: that is the end the person chose, where they chose one.
    const terms = {
      client,
      userId,
      grantId,
      scopes: allowed,
      authenticatedAt,
      resources: narrowResources(resources, token.resources),
      notAfter: absoluteExpiresAt,
    };

    const now = this.clock.now();
    const lifetimes = lifetimesOf(client, this.lifetimes);
    const successors = client.refresh === 'keep' ? null : newSuccessors(presented, now);
    const issued = await this.issueAccessToken.execute(terms, lifetimes, now, successors?.accessToken);
    const { text: accessToken, record: made } = issued;

    const again = async (refusal: RefreshRefusal): Promise<TokenAnswer> => {
      if (refusal.outcome === 'reused') await this.forgetIfRevoked.ifPossible(token);
      const before = earlierAnswer(refusal, presented, grantId);
      const earlierOne = { id: parseTokenOf('rt', before.refreshToken)?.id ?? token.id, text: before.refreshToken };
      const first = await this.stillGood(before.accessToken, now);
      if (first && sameMembers(first.scopes, made.scopes) && sameMembers(first.resources, made.resources)) {
        return answerOf({ text: before.accessToken, record: first, expiresIn: expiresInOf(first, now) }, earlierOne);
      }
      // Nothing outlives the chain, which may have ended since the first answer.
      if (made.expiresAt <= now) throw new InvalidGrant('the refresh token has expired');
      await this.accessTokens.add(made);
      return answerOf(issued, earlierOne);
    };

    if (successors === null) {
      const expiresAt = idleExpiry(now, lifetimes.refreshTokenIdle, token.absoluteExpiresAt);
      const result = await this.refreshTokens.keep({ id: token.id, at: now, expiresAt, accessToken: made });
      return result.outcome === 'kept' ? answerOf(issued, { id: token.id, text }) : again(result);
    }

    const successor = issueSuccessor(token, client, lifetimes, now, successors.refreshToken);
    const result = await this.refreshTokens.rotate({
      id: token.id,
      at: now,
      successor: successor.record,
      accessToken: made,
      sealedAnswer: sealAnswer(presented, { accessToken, refreshToken: successor.text }, successors),
      repeatableUntil: later(now, lifetimes.refreshGrace),
    });
    return result.outcome === 'rotated' ? answerOf(issued, { id: successor.record.id, text: successor.text }) : again(result);
  }

  /** What is known of an access token; `null` when it was revoked, or its key withdrawn, or it has expired, or is gone, as one may be that lives shorter than the grace window. */
  private async stillGood(accessToken: string, now: Date): Promise<StoredAccessToken | null> {
    const parsed = parseTokenOf('at', accessToken);
    if (!parsed || (parsed.keyId !== undefined && (await this.keys.isWithdrawn(parsed.keyId)))) return null;
    const token = await this.accessTokens.find(parsed.id);
    return token && token.ended === null && expiresInOf(token, now) > 0 ? token : null;
  }
}

/** "the refresh token scope MUST be identical to that of the refresh token included by the client in the request" (RFC 6749 §6). */
function issueSuccessor(token: StoredRefreshToken, client: Client, lifetimes: Lifetimes, now: Date, minted: MintedToken) {
  const { userId, grantId, scopes, resources, authenticatedAt, absoluteExpiresAt } = token;
  return issueRefreshToken({ client, userId, grantId, scopes, resources, authenticatedAt, absoluteExpiresAt }, lifetimes, now, minted);
}

function earlierAnswer(refusal: RefreshRefusal, presented: PresentedToken, grantId: string): AnsweredTokens {
  switch (refusal.outcome) {
    case 'repeated':
      return openAnswer(presented, refusal.sealedAnswer);
    // RFC 9700 §4.14.2: "If a refresh token is compromised … one of them will present an invalidated refresh token, which will inform the authorization server of the breach".
    case 'reused':
      throw new UsedAgain('the refresh token was used before and replaced; for safety the authorization has been revoked', 'reused', grantId);
    case 'expired':
      throw new InvalidGrant('the refresh token has expired');
    case 'revoked':
      throw new InvalidGrant('the authorization has ended');
    case 'unknown':
      throw new InvalidGrant('the refresh token is unknown or too old');
  }
}
