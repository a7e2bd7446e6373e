import type { Identity } from '../../domain/people/identity.js';
import type { User } from '../../domain/people/user.js';
import type { Turn } from './password-hasher.js';

/** What a person types to prove who they are, as it was typed. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
  /** For those that hash passwords themselves. */
  readonly turn?: Turn;
}

/** One way to check what a person types into the sign-in form. Several can be active; each is asked until one knows the person. */
export interface UserAuthenticator {
  /** How sessions note that somebody signed in this way. */
  readonly name: string;
  /**
   * Whose credentials are these? A user who is kept here, or an identity, of somebody kept elsewhere, that this way vouches for. `null` for every reason alike (unknown, disabled, wrong), after the same amount of work, so that neither the answer
   * nor the time it takes tells which addresses are known. Throws `TemporarilyUnavailable` or `StorageUnavailable` when it cannot tell at the moment.
   */
  authenticate(credentials: Credentials): Promise<User | Identity | null>;
}
