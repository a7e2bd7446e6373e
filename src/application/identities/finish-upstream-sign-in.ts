import { later } from '../../domain/moments.js';
import { isIdentityKey } from '../../domain/people/identity.js';
import { openUnder } from '../../domain/people/upstream-request.js';
import { matchesDigest, parseTokenOf } from '../../domain/tokens/opaque-token.js';
import type { DeviceToken } from '../attempts/known-devices.js';
import type { SignInAttempts } from '../attempts/sign-in-attempts.js';
import type { Clock } from '../ports/clock.js';
import type { IdentityRepository } from '../ports/identity-repository.js';
import { UpstreamFailure, type UpstreamProvider } from '../ports/upstream-provider.js';
import type { UpstreamRequestRepository } from '../ports/upstream-request-repository.js';
import type { NewSession, SigningInBrowser, StartSession } from '../sessions/start-session.js';
import type { AdmitIdentity, NotAdmitted } from './admit-identity.js';
import type { Destination, UpstreamErrand } from './upstream-errand.js';

export interface UpstreamReturn {
  readonly providerId: string;
  /** The query of the address at which the browser came back, as it is. */
  readonly query: string;
  /** The browser's own token of this sign-in. */
  readonly token: string;
  /** Who is signed in in this browser. */
  readonly userId: string | null;
  readonly browser: SigningInBrowser;
}

export type UpstreamResult =
  /** Nobody was sent to this provider from this browser, or it is too long ago, or they came back already. */
  | { readonly outcome: 'unexpected' }
  | { readonly outcome: 'signed_in'; readonly session: NewSession; readonly device: DeviceToken | null; readonly destination: Destination }
  | { readonly outcome: 'not_admitted'; readonly reason: NotAdmitted; readonly destination: Destination }
  /** `linking`: they were signed in, and still are. */
  | { readonly outcome: 'failed'; readonly failure: UpstreamFailure; readonly linking: boolean; readonly destination: Destination }
  /** The identity leads to the signed-in person from now on; or to somebody else already; or another person is signed in by now. */
  | { readonly outcome: 'linked' | 'of_another' | 'signed_out' };

/** Seconds by which a provider's clock may differ from ours. */
const clockTolerance = 60;

/** Takes in somebody who comes back from a provider: signs them in, or links the identity to the person who is signed in already. */
export class FinishUpstreamSignIn {
  constructor(
    private readonly providers: readonly UpstreamProvider[],
    private readonly upstreamRequests: UpstreamRequestRepository,
    private readonly identities: IdentityRepository,
    private readonly admitIdentity: AdmitIdentity,
    private readonly startSession: StartSession,
    private readonly signInAttempts: SignInAttempts,
    private readonly clock: Clock,
  ) {}

  async execute({ providerId, query, token, userId, browser }: UpstreamReturn): Promise<UpstreamResult> {
    const errand = await this.take(token);
    const provider = this.providers.find(({ id }) => id === providerId);
    // The answer of one provider is never shown to another (RFC 9700 §4.4).
    if (!errand || !provider || errand.providerId !== providerId) return { outcome: 'unexpected' };
    const destination = { requestId: errand.requestId, next: errand.next };
    // Before the provider is asked: the link is for the person who wanted it, in the session in which they did.
    if (errand.linkTo !== null && errand.linkTo !== userId) return { outcome: 'signed_out' };

    try {
      const { identity, authenticatedAt } = await provider.finish(query, errand.memory);
      if (errand.linkTo !== null) {
        if (!isIdentityKey(identity)) throw new UpstreamFailure('refused', 'the identity cannot be told from others');
        const { issuer, subject, email } = identity;
        return { outcome: await this.identities.link({ issuer, subject, email, userId: errand.linkTo, linkedAt: this.clock.now() }) };
      }
      const admission = await this.admitIdentity.execute(identity, provider.terms);
      if (admission.outcome === 'not_admitted') return { ...admission, destination };
      const since = signedInSince(authenticatedAt, new Date(errand.begunAt));
      const session = await this.startSession.execute({ user: admission.user, method: `provider:${providerId}`, ...since, ...browser });
      const device = this.signInAttempts.rememberWithPassword(admission.user);
      return session ? { outcome: 'signed_in', session, device, destination } : { outcome: 'not_admitted', reason: 'disabled', destination };
    } catch (error) {
      if (!(error instanceof UpstreamFailure)) throw error;
      return { outcome: 'failed', failure: error, linking: errand.linkTo !== null, destination };
    }
  }

  /** Once only, so that neither the code nor the link is worth anything a second time. */
  private async take(token: string): Promise<UpstreamErrand | null> {
    const presented = parseTokenOf('us', token);
    const request = presented && (await this.upstreamRequests.take(presented.id));
    if (!request || !matchesDigest(presented, request.digest) || request.expiresAt <= this.clock.now()) return null;
    return openUnder(presented, request.sealed) as UpstreamErrand;
  }
}

/** When they proved who they are, if that was before they were sent. What the provider says of a moment after that, counts as now. */
function signedInSince(authenticatedAt: Date | null, begunAt: Date): { readonly authenticatedAt?: Date } {
  return authenticatedAt === null || authenticatedAt >= later(begunAt, -clockTolerance) ? {} : { authenticatedAt };
}
