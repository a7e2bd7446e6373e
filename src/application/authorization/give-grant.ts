import { codeLifetime } from '../../domain/authorization/authorization-code.js';
import type { AuthorizationRequest, Decision } from '../../domain/authorization/authorization-request.js';
import type { Consent } from '../../domain/authorization/consent.js';
import { isForDevice } from '../../domain/authorization/device-request.js';
import type { Grant } from '../../domain/authorization/grant.js';
import type { Client } from '../../domain/clients/client.js';
import { earlier, later } from '../../domain/moments.js';
import type { Session } from '../../domain/people/session.js';
import type { User } from '../../domain/people/user.js';
import { mintToken } from '../../domain/tokens/opaque-token.js';
import { uuid7 } from '../../domain/tokens/uuid7.js';
import type { KeepClient } from '../clients/keep-client.js';
import type { AuthorizationCodeRepository } from '../ports/authorization-code-repository.js';
import type { AuthorizationRequestRepository } from '../ports/authorization-request-repository.js';
import type { Clock } from '../ports/clock.js';
import type { GrantRepository } from '../ports/grant-repository.js';
import type { AuthorizationAnswer } from './authorization-answer.js';
import { keepDeviceCode } from './device-code.js';

/** What the person gives: all of the request's scopes or less, for good or until then. */
export interface GrantTerms extends Pick<Grant, 'scopes' | 'expiresAt'> {
  /** The consent that it is given under, where the person is not asked. */
  readonly under?: Consent;
}

/** Who gives it, in the browser in which they are signed in. */
export interface Giver {
  readonly user: User;
  readonly session: Pick<Session, 'authenticatedAt'>;
}

export type GivenGrant =
  /** The grant that stands, which an earlier call may have given on terms of its own. */
  | { readonly outcome: 'given'; readonly answer: AuthorizationAnswer; readonly grant: Grant }
  /** The request was answered otherwise, by someone else, or what it gave has been revoked. */
  | { readonly outcome: 'answered' }
  /** The consent was withdrawn, or became another, at this very moment: the person must be asked. */
  | { readonly outcome: 'not_agreed' };

/**
 * Turns an allowed request into a grant and a code. A second call for the same request by the same person (a double click, where only the last
 * answer reaches the client) gets a code of its own under the same grant: a code given twice would look like a replay and end everything.
 */
export class GiveGrant {
  constructor(
    private readonly requests: AuthorizationRequestRepository,
    private readonly grants: GrantRepository,
    private readonly codes: AuthorizationCodeRepository,
    private readonly keepClient: KeepClient,
    private readonly clock: Clock,
  ) {}

  /** `client`: whom the request is from. */
  async execute(request: AuthorizationRequest, client: Client, { user, session }: Giver, { scopes, expiresAt, under }: GrantTerms): Promise<GivenGrant> {
    const now = this.clock.now();
    if (request.decision) return this.answerAgain(request, user, request.decision, now);

    // First the client, then the grant, then the decision that names it: stopped between two of them, the person simply decides again.
    await this.keepClient.execute({ client, by: user.id });
    const unused = { revoked: null, lastUsedAt: null, usedScopes: [] };
    const { authenticatedAt } = session;
    const grant: Grant = { id: uuid7(now), userId: user.id, clientId: request.clientId, scopes, createdAt: now, authenticatedAt, expiresAt, ...unused };
    if (under === undefined) await this.grants.add(grant);
    else if (!(await this.grants.addUnder(under, grant))) return { outcome: 'not_agreed' };
    const decided = await this.requests.decide(request.id, { kind: 'allowed', userId: user.id, grantId: grant.id });
    if (decided?.outcome === 'decided') return this.answer(request, grant, now);

    await this.grants.revoke(grant.id, 'abandoned', now);
    return decided === null ? { outcome: 'answered' } : this.answerAgain(request, user, decided.earlier, now);
  }

  private async answerAgain(request: AuthorizationRequest, user: User, earlier: Decision, now: Date): Promise<GivenGrant> {
    if (earlier.kind !== 'allowed' || earlier.userId !== user.id) return { outcome: 'answered' };
    const grant = await this.grants.find(earlier.grantId);
    return grant && !grant.revoked ? this.answer(request, grant, now) : { outcome: 'answered' };
  }

  private async answer(request: AuthorizationRequest, grant: Grant, now: Date): Promise<GivenGrant> {
    if (isForDevice(request)) {
      await keepDeviceCode(this.codes, request, grant);
      return { outcome: 'given', answer: { onDevice: 'allowed' }, grant };
    }
    const { resources, codeChallenge, redirectUri, state } = request;
    const { id, token, digest } = mintToken('ac', now);
    const { clientId, userId, scopes, authenticatedAt, expiresAt: grantExpiresAt } = grant;
    const descent = { grantId: grant.id, clientId, userId, scopes, authenticatedAt, grantExpiresAt };
    const named = request.redirectUriNamed ? redirectUri : null;
    const times = { issuedAt: now, expiresAt: earlier(later(now, codeLifetime), grantExpiresAt) };
    await this.codes.add({ id, digest, ...descent, redirectUri: named, resources, codeChallenge, ...times });
    return { outcome: 'given', answer: { redirectUri, state, code: token }, grant };
  }
}
