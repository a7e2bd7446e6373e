import { addressBlock } from '../../domain/address-block.js';
import { NotFound } from '../../domain/errors.js';
import { later } from '../../domain/moments.js';
import { sealUnder, upstreamRequestLifetime } from '../../domain/people/upstream-request.js';
import { mintToken, parseTokenOf } from '../../domain/tokens/opaque-token.js';
import type { PresentedToken } from '../../domain/tokens/presented-token.js';
import type { Attempts } from '../attempts/attempts.js';
import { budgets } from '../attempts/budgets.js';
import type { AuthorizationRequestRepository } from '../ports/authorization-request-repository.js';
import type { Clock } from '../ports/clock.js';
import type { SignInWishes, UpstreamProvider } from '../ports/upstream-provider.js';
import type { UpstreamRequestRepository } from '../ports/upstream-request-repository.js';
import type { AskedFor, Destination, UpstreamErrand } from './upstream-errand.js';

export interface UpstreamBeginning extends Destination, Pick<UpstreamErrand, 'providerId' | 'linkTo'> {
  readonly asked: AskedFor;
  /** The address they come from, where it is known. */
  readonly from: string | null;
}

export interface BegunUpstream {
  /** Where to send the person. */
  readonly url: string;
  /** Goes along in the address and comes back: it tells which of several sign-ins of a browser this is. */
  readonly state: string;
  /** For the browser alone: without it nobody can come back. */
  readonly token: string;
  readonly expiresAt: Date;
}

/** `max_age=0` as well: some providers heed only one of the two, and it makes them say when it was proved (OpenID Connect Core §3.1.2.1). */
const proofAnew: SignInWishes = { prompt: 'login', maxAge: 0, loginHint: null };

/**
 * Sends a person to a provider. What must be remembered stays here, sealed under a token that only this browser has: whoever opens the way back in
 * another browser, because somebody sent them the link, gets nowhere (RFC 9700 §4.7). Throws `NotFound`, `TooManyAttempts` and `UpstreamFailure`.
 */
export class BeginUpstreamSignIn {
  constructor(
    private readonly providers: readonly UpstreamProvider[],
    private readonly upstreamRequests: UpstreamRequestRepository,
    private readonly authorizationRequests: AuthorizationRequestRepository,
    private readonly attempts: Attempts,
    private readonly clock: Clock,
  ) {}

  async execute({ providerId, linkTo, asked, from, requestId, next }: UpstreamBeginning): Promise<BegunUpstream> {
    const provider = this.providers.find(({ id }) => id === providerId);
    if (!provider) throw new NotFound('provider');
    if (from !== null) await this.attempts.count([{ budget: budgets.upstreamSignIns, subject: addressBlock(from) }]);
    const { url, memory } = await provider.begin(asked === 'again' ? proofAnew : await this.wishes(requestId, asked === 'other'));

    const now = this.clock.now();
    const expiresAt = later(now, upstreamRequestLifetime);
    const { id, token, digest } = mintToken('us', now);
    const errand: UpstreamErrand = { providerId, memory, linkTo, requestId, next, begunAt: now.toISOString() };
    await this.upstreamRequests.add({ id, digest, sealed: sealUnder(parseTokenOf('us', token) as PresentedToken, errand), expiresAt });
    return { url, state: memory.state, token, expiresAt };
  }

  /** What the client asked of a sign-in, the provider is asked too. Who wants to choose is let choose, though the provider knows somebody already. */
  private async wishes(requestId: string | null, choosing: boolean): Promise<SignInWishes> {
    const request = requestId === null ? null : await this.authorizationRequests.find(requestId);
    const prompt = (['login', 'select_account'] as const).find((one) => request?.prompts.includes(one)) ?? (choosing ? 'select_account' : null);
    return { prompt, maxAge: request?.maxAge ?? null, loginHint: choosing ? null : (request?.loginHint ?? null) };
  }
}
