import { isFresh } from '../../domain/people/session.js';
import type { Clock } from '../ports/clock.js';
import type { SignedIn } from '../sessions/find-session.js';
import type { BeginUpstreamSignIn, BegunUpstream } from './begin-upstream-sign-in.js';

/**
 * Sends a signed-in person to a provider, whose identity then leads to them. Whoever sits at somebody's open browser must not leave a way in for
 * themselves: `null` when the sign-in is not fresh. Throws `NotFound` and `UpstreamFailure`.
 */
export class BeginLinking {
  constructor(
    private readonly beginUpstreamSignIn: BeginUpstreamSignIn,
    private readonly clock: Clock,
  ) {}

  async execute({ user, session }: SignedIn, providerId: string, from: string | null): Promise<BegunUpstream | null> {
    if (!isFresh(session, this.clock.now())) return null;
    return this.beginUpstreamSignIn.execute({ providerId, linkTo: user.id, asked: null, from, requestId: null, next: '/account' });
  }
}
