import type { User } from '../../domain/people/user.js';
import type { Credentials, UserAuthenticator } from '../ports/user-authenticator.js';
import type { NewSession, SigningInBrowser, StartSession } from './start-session.js';

export interface SignInInput extends Credentials, SigningInBrowser {}

export type SignInResult =
  | { readonly outcome: 'signed_in'; readonly user: User; readonly session: NewSession }
  /** Unknown, disabled, without a password, wrong password: alike, after the same amount of work. */
  | { readonly outcome: 'refused' };

/** Checks e-mail and password in every way that is active, and starts a session for whoever one of them knows. */
export class SignIn {
  constructor(
    private readonly authenticators: readonly UserAuthenticator[],
    private readonly startSession: StartSession,
  ) {}

  async execute({ email, password, ...browser }: SignInInput): Promise<SignInResult> {
    const user = await this.whoIs({ email, password });
    if (!user) return { outcome: 'refused' };
    const session = await this.startSession.execute({ user, method: 'password', ...browser });
    return session ? { outcome: 'signed_in', user, session } : { outcome: 'refused' };
  }

  /** One after the other, and all of them before anybody is refused: a refusal takes as long whichever of them knows the address. */
  private async whoIs(credentials: Credentials): Promise<User | null> {
    for (const authenticator of this.authenticators) {
      const user = await authenticator.authenticate(credentials);
      if (user) return user;
    }
    return null;
  }
}
