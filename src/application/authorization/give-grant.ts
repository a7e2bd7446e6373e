import { codeLifetime } from '../../domain/authorization/authorization-code.js';
import type { AuthorizationRequest, Decision } from '../../domain/authorization/authorization-request.js';
import type { User } from '../../domain/people/user.js';
import { mintToken } from '../../domain/tokens/opaque-token.js';
import { uuid7 } from '../../domain/tokens/uuid7.js';
import type { AuthorizationCodeRepository } from '../ports/authorization-code-repository.js';
import type { AuthorizationRequestRepository } from '../ports/authorization-request-repository.js';
import type { Clock } from '../ports/clock.js';
import type { GrantRepository } from '../ports/grant-repository.js';
import { later } from '../tokens/lifetimes.js';
import type { Answer } from './answer.js';

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

  async execute(request: AuthorizationRequest, user: User): Promise<Answer | null> {
    const now = this.clock.now();
    if (request.decision) return this.answerAgain(request, user, request.decision, now);

    // First the grant, then the decision that names it: stopped between the two, the person simply decides again.
    const grantId = uuid7(now);
    const unused = { revoked: null, lastUsedAt: null, usedScopes: [] };
    await this.grants.add({ id: grantId, userId: user.id, clientId: request.clientId, scopes: request.scopes, createdAt: now, expiresAt: null, ...unused });
    const decided = await this.requests.decide(request.id, { kind: 'allowed', userId: user.id, grantId });
    if (decided?.outcome === 'decided') return this.answer(request, user, grantId, now);

    await this.grants.revoke(grantId, 'abandoned', now);
    return decided === null ? null : this.answerAgain(request, user, decided.earlier, now);
  }

  private async answerAgain(request: AuthorizationRequest, user: User, earlier: Decision, now: Date): Promise<Answer | null> {
    if (earlier.kind !== 'allowed' || earlier.userId !== user.id) return null;
    const grant = await this.grants.find(earlier.grantId);
    return grant && !grant.revoked ? this.answer(request, user, grant.id, now) : null;
  }

  private async answer(request: AuthorizationRequest, user: User, grantId: string, now: Date): Promise<Answer> {
    const { clientId, scopes, resources, codeChallenge, redirectUri, state } = request;
    const { id, token, digest } = mintToken('ac', now);
    const named = request.redirectUriNamed ? redirectUri : null;
    const times = { issuedAt: now, expiresAt: later(now, codeLifetime), grantExpiresAt: null };
    await this.codes.add({ id, digest, grantId, clientId, userId: user.id, redirectUri: named, scopes, resources, codeChallenge, ...times });
    return { redirectUri, state, code: token };
  }
}
