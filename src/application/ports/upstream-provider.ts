import type { Identity } from '../../domain/people/identity.js';
import type { AdmissionTerms } from '../identities/admit-identity.js';

/** What an authorization request that waits asks of a sign-in (OpenID Connect Core §3.1.2.1). */
export interface SignInWishes {
  /** `login`: prove who you are again; `select_account`: choose who. */
  readonly prompt: 'login' | 'select_account' | null;
  /** Seconds since when they must have proved it. */
  readonly maxAge: number | null;
  readonly loginHint: string | null;
}

/** What must be remembered while the person is away. Survives JSON. */
export interface UpstreamMemory {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** Who came back, and when they proved it there, where that is said. */
export interface UpstreamAnswer {
  readonly identity: Identity;
  readonly authenticatedAt: Date | null;
}

/**
 * - `cancelled`: the person turned back there.
 * - `unreachable`: the provider is down, or takes too long.
 * - `refused`: what came back proves nothing.
 */
export type UpstreamFault = 'cancelled' | 'unreachable' | 'refused';

/** Signing in at a provider came to nothing. `message` is for the log; it holds no secret and no code. */
export class UpstreamFailure extends Error {
  constructor(
    readonly fault: UpstreamFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'UpstreamFailure';
  }
}

/** A server elsewhere at which people sign in and from which they come back. */
export interface UpstreamProvider {
  /** Names it in addresses of ours; letters, digits and dashes. */
  readonly id: string;
  /** What people know it as. */
  readonly name: string;
  /** Its own identifier, or the one it is discovered by. */
  readonly issuer: string;
  readonly terms: AdmissionTerms;
  /** Where to send the person, and what to remember until they are back. Throws `UpstreamFailure`. */
  begin(wishes: SignInWishes): Promise<{ readonly url: string; readonly memory: UpstreamMemory }>;
  /** Who came back with this query, in the browser that was sent with `memory`. Throws `UpstreamFailure`. */
  finish(query: string, memory: UpstreamMemory): Promise<UpstreamAnswer>;
}
