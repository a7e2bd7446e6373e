/** What a person typed into the sign-in form, as they typed it. */
export interface TypedCredentials {
  readonly email: string;
  readonly password: string;
}

/** Somebody whom the team's own users hold. */
export interface OwnUser {
  /** What they are called there, for good; never given to another: the key of their row, not their e-mail address. At most 255 characters. */
  readonly subject: string;
  readonly email: string;
  /** Whether the address was proved to be theirs; without that nobody who was never here gets an account. */
  readonly emailVerified: boolean;
  /** What to call them; left out: the part of the address before the @. */
  readonly username?: string | undefined;
}

/** The team's own users, as the function `createAuthenticator` of AUTHENTICATOR_MODULE makes it. */
export interface OwnUsersAuthenticator {
  /** Names these users for good: lower-case letters, digits and dashes, at most 31. Sessions note it, and with `subject` it tells people apart. */
  readonly name: string;
  /**
   * Whose credentials are these? `null` when they are nobody's, after the same amount of work whether or not the address is known. Whatever it throws,
   * and no answer within 3 seconds, is a failure: the person is asked to try again later.
   */
  authenticate(credentials: TypedCredentials): Promise<OwnUser | null>;
  /** Called once, when the server stops. */
  close?(): Promise<void>;
}

export interface AuthenticatorConfig {
  /** The origin under which this server is reached. */
  readonly issuer: string;
  readonly production: boolean;
}

/** What AUTHENTICATOR_MODULE exports under the name `createAuthenticator`. It may throw, with a message for the operator: the server does not start then. */
export type CreateAuthenticator = (config: AuthenticatorConfig) => OwnUsersAuthenticator | Promise<OwnUsersAuthenticator>;
