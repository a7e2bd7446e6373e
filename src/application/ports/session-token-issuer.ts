import type { Identity } from '../../domain/people/identity.js';
import type { AdmissionTerms } from '../identities/admit-identity.js';

/** A token that proves who is signed in at its issuer. */
export interface VerifiedSessionToken {
  readonly identity: Identity;
  /** When the person proved who they are; when the token was issued, where it does not say. */
  readonly authenticatedAt: Date;
  /** From then on the token is refused for its age alone. */
  readonly expiresAt: Date;
}

/** The token proves nothing. `message` is for the log and holds nothing of the token. */
export class SessionTokenRefused extends Error {}

/** Whoever signs the session tokens of the team's own front end, or of a service such as Clerk. */
export interface SessionTokenIssuer {
  /** Names it in sessions and in the log. */
  readonly id: string;
  /** What people know it as. */
  readonly name: string;
  /** Its identifier, as `iss` holds it. */
  readonly issuer: string;
  readonly terms: AdmissionTerms;
  /**
   * Who is signed in by this token, now. Throws `SessionTokenRefused` when it proves nothing, and `TemporarilyUnavailable` when the issuer's keys cannot
   * be had.
   */
  verify(token: string): Promise<VerifiedSessionToken>;
}
