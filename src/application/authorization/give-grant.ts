import { codeLifetime } from '../../domain/authorization/authorization-code.js';
import type { AuthorizationRequest, Decision } from '../../domain/authorization/authorization-request.js';
import type { Grant } from '../../domain/authorization/grant.js';
import { later } from '../../domain/moments.js';
import type { User } from '../../domain/people/user.js';
import { mintToken } from '../../domain/tokens/opaque-token.js';
import { uuid7 } from '../../domain/tokens/uuid7.js';
import type { AuthorizationCodeRepository } from '../ports/authorization-code-repository.js';
import type { AuthorizationRequestRepository } from '../ports/authorization-request-repository.js';
import type { Clock } from '../ports/clock.js';
import type { GrantRepository } from '../ports/grant-repository.js';
import type { Answer } from './answer.js';

/** What the person gives: all of the request's scopes or less, for good or until then. */
export type GrantTerms = Pick<Grant, 'scopes' | 'expiresAt'>;

/** The grant that stands, which an earlier call may have given on terms of its own. */
export interface GivenGrant {
  readonly answer: Answer;
  readonly grant: Grant;
}

/**
 * Turns an allowed request into a grant and a code. A second call for the same request by the same person (a double click, where only the last
 * answer reaches the client) gets a code of its own under the same grant: a code given twice would look like a replay and end everything.
 * `null`: the request was answered otherwise, by someone else, or what it gave has been revoked.
 */
export class GiveGrant {
  constructor(
    private readonly requests: AuthorizationRequestRepository,
    private readonly grants: GrantRepository,
    private readonly codes: AuthorizationCodeRepository,
    private readonly clock: Clock,
  ) {}

  async execute(request: AuthorizationRequest, user: User, { scopes, expiresAt }: GrantTerms): Promise<GivenGrant | null> {
    const now = this.clock.now();
    if (request.decision) return this.answerAgain(request, user, request.decision, now);

    // First the grant, then the decision that names it: stopped between the two, the person simply decides again.
    const unused = { revoked: null, lastUsedAt: null, usedScopes: [] };
    const grant: Grant = { id: uuid7(now), userId: user.id, clientId: request.clientId, scopes, createdAt: now, expiresAt, ...unused };
    await this.grants.add(grant);
    const decided = await this.requests.decide(request.id, { kind: 'allowed', userId: user.id, grantId: grant.id });
    if (decided?.outcome === 'decided') return this.answer(request, grant, now);

    await this.grants.revoke(grant.id, 'abandoned', now);
    return decided === null ? null : this.answerAgain(request, user, decided.earlier, now);
  }

  private async answerAgain(request: AuthorizationRequest, user: User, earlier: Decision, now: Date): Promise<GivenGrant | null> {
    if (earlier.kind !== 'allowed' || earlier.userId !== user.id) return null;
    const grant = await this.grants.find(earlier.grantId);
    return grant && !grant.revoked ? this.answer(request, grant, now) : null;
  }

  private async answer(request: AuthorizationRequest, grant: Grant, now: Date): Promise<GivenGrant> {
    const { resources, codeChallenge, redirectUri, state } = request;
    const { id, token, digest } = mintToken('ac', now);
    const descent = { grantId: grant.id, clientId: grant.clientId, userId: grant.userId, scopes: grant.scopes, grantExpiresAt: grant.expiresAt };
    const named = request.redirectUriNamed ? redirectUri : null;
    const times = { issuedAt: now, expiresAt: later(now, codeLifetime) };
    await this.codes.add({ id, digest, ...descent, redirectUri: named, resources, codeChallenge, ...times });
    return { answer: { redirectUri, state, code: token }, grant };
  }
}
