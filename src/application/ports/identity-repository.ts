import type { LinkedIdentity } from '../../domain/people/identity.js';
import type { User } from '../../domain/people/user.js';

/** Which ways to sign in count when one is about to be taken away. */
export interface OtherWays {
  /** A password that is kept here is one. */
  readonly password: boolean;
  /** So is another identity of one of these issuers. */
  readonly issuers: readonly string[];
}

/** Which identities lead to which people. An identity leads to one person, a person may have several. Any verb may throw `StorageUnavailable`. */
export interface IdentityRepository {
  /** The person to whom an identity leads, disabled or not. */
  findUser(issuer: string, subject: string): Promise<User | null>;
  /**
   * Adds a person together with the identity they came by, in one atomic step. `known`: the identity leads to `user` already, from a sign-in at the
   * same moment perhaps, and that is looked for first: `email_taken` says that another person has this e-mail address. In both cases nothing was kept.
   */
  addWithUser(
    identity: LinkedIdentity,
    user: User,
  ): Promise<{ readonly outcome: 'added' } | { readonly outcome: 'known'; readonly user: User } | { readonly outcome: 'email_taken' }>;
  /** Lets an identity lead to a person who is there; doing it again is no error. `of_another`: it leads to somebody else, and goes on doing so. */
  link(identity: LinkedIdentity): Promise<'linked' | 'of_another'>;
  /** Takes an identity from a person, unless none of the ways in `others` would be left. Decided atomically. */
  unlink(userId: string, key: { readonly issuer: string; readonly subject: string }, others: OtherWays): Promise<'unlinked' | 'last_way' | 'unknown'>;
  /** Those of a person, the oldest link first. */
  listOf(userId: string): Promise<readonly LinkedIdentity[]>;
}
