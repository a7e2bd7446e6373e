import { addressBlock } from '../../domain/address-block.js';
import type { Identity } from '../../domain/people/identity.js';
import type { User } from '../../domain/people/user.js';
import type { DeviceToken } from '../attempts/known-devices.js';
import type { SignInAttempts } from '../attempts/sign-in-attempts.js';
import type { Admission, AdmitIdentity, NotAdmitted } from '../identities/admit-identity.js';
import type { Credentials, UserAuthenticator } from '../ports/user-authenticator.js';
import type { NewSession, SigningInBrowser, StartSession } from '../sessions/start-session.js';

export interface SignInInput extends Omit<Credentials, 'turn'>, SigningInBrowser {
  /** By what it is known here, if it ever signed in. */
  readonly device?: string | null;
}

export type SignInResult =
  | { readonly outcome: 'signed_in'; readonly user: User; readonly session: NewSession; readonly device: DeviceToken }
  /** Unknown, disabled, without a password, wrong password: alike, after the same amount of work. */
  | { readonly outcome: 'refused' }
  /** The password was right, but the identity it proves is not let in. */
  | { readonly outcome: 'not_admitted'; readonly reason: Exclude<NotAdmitted, 'disabled'> };

/** Checks e-mail and password in every way that is active, and starts a session for whoever one of them knows. Throws `TooManyAttempts`. */
export class SignIn {
  constructor(
    private readonly authenticators: readonly UserAuthenticator[],
    private readonly attempts: SignInAttempts,
    private readonly admitIdentity: AdmitIdentity,
    private readonly startSession: StartSession,
  ) {}

  /** Is there anybody to ask? */
  get possible(): boolean {
    return this.authenticators.length > 0;
  }

  async execute({ email, password, device = null, ...browser }: SignInInput): Promise<SignInResult> {
    const of = addressBlock(browser.from ?? '');
    const proved = await this.attempts.try(email, { from: browser.from, device }, (known) => this.whoIs({ email, password, turn: { of, known } }));
    if (!proved) return { outcome: 'refused' };
    const { known, method } = proved.result;
    const admission = await this.admit(known);
    if (admission.outcome === 'not_admitted') {
      const { reason } = admission;
      return reason === 'disabled' ? { outcome: 'refused' } : { outcome: 'not_admitted', reason };
    }
    const { user } = admission;
    const session = await this.startSession.execute({
      user,
      method,
      passwordHash: 'subject' in known ? undefined : (known.passwordHash ?? undefined),
      ...browser,
    });
    return session ? { outcome: 'signed_in', user, session, device: proved.device } : { outcome: 'refused' };
  }

  /** One after the other, and all of them before anybody is refused: a refusal takes as long whichever of them knows the address. */
  private async whoIs(credentials: Credentials): Promise<{ known: User | Identity; method: string } | null> {
    for (const authenticator of this.authenticators) {
      const known = await authenticator.authenticate(credentials);
      if (known) return { known, method: authenticator.name };
    }
    return null;
  }

  /** Whom a way of the team's own vouches for, it has let in already. */
  private async admit(known: User | Identity): Promise<Admission> {
    return 'subject' in known
      ? this.admitIdentity.execute(known, { signUp: true, emailDomains: [], firstAdministrator: null })
      : { outcome: 'admitted', user: known };
  }
}
