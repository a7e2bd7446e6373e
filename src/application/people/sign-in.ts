import type { Identity } from '../../domain/people/identity.js';
import type { User } from '../../domain/people/user.js';
import type { Admission, AdmitIdentity, NotAdmitted } from '../identities/admit-identity.js';
import type { Credentials, UserAuthenticator } from '../ports/user-authenticator.js';
import type { NewSession, SigningInBrowser, StartSession } from './start-session.js';

export interface SignInInput extends Credentials, SigningInBrowser {}

export type SignInResult =
  | { readonly outcome: 'signed_in'; readonly user: User; readonly session: NewSession }
  /** Unknown, disabled, without a password, wrong password: alike, after the same amount of work. */
  | { readonly outcome: 'refused' }
  /** The password was right, but the identity it proves is not let in. */
  | { readonly outcome: 'not_admitted'; readonly reason: Exclude<NotAdmitted, 'disabled'> };

/** Checks e-mail and password in every way that is active, and starts a session for whoever one of them knows. */
export class SignIn {
  constructor(
    private readonly authenticators: readonly UserAuthenticator[],
    private readonly admitIdentity: AdmitIdentity,
    private readonly startSession: StartSession,
  ) {}

  async execute({ email, password, ...browser }: SignInInput): Promise<SignInResult> {
    const known = await this.whoIs({ email, password });
    if (!known) return { outcome: 'refused' };
    const admission = await this.admit(known);
    if (admission.outcome === 'not_admitted') {
      const { reason } = admission;
      return reason === 'disabled' ? { outcome: 'refused' } : { outcome: 'not_admitted', reason };
    }
    const { user } = admission;
    const session = await this.startSession.execute({ user, method: 'password', ...browser });
    return session ? { outcome: 'signed_in', user, session } : { outcome: 'refused' };
  }

  /** One after the other, and all of them before anybody is refused: a refusal takes as long whichever of them knows the address. */
  private async whoIs(credentials: Credentials): Promise<User | Identity | null> {
    for (const authenticator of this.authenticators) {
      const known = await authenticator.authenticate(credentials);
      if (known) return known;
    }
    return null;
  }

  /** Whom a way of the team's own vouches for, it has let in already. */
  private async admit(known: User | Identity): Promise<Admission> {
    return 'subject' in known ? this.admitIdentity.execute(known, { signUp: true, emailDomains: [] }) : { outcome: 'admitted', user: known };
  }
}
