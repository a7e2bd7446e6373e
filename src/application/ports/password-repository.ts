import type { AccountLink } from '../../domain/accounts/account-link.js';
import type { User } from '../../domain/people/user.js';

export interface PasswordChange {
  readonly userId: string;
  /** The hash that was just verified. */
  readonly from: string;
  readonly to: string;
  /** The session that goes on. */
  readonly exceptSession: string;
}

/** The passwords of local accounts, and the links by which they are chosen. Any verb may throw `StorageUnavailable`. */
export interface PasswordRepository {
  /**
   * Keeps the link in the place of every earlier one for the same address, in one atomic step: of any number at once one is left. Throws, and changes nothing,
   * when a link for another address has its id.
   */
  keepLink(link: AccountLink): Promise<void>;
  /** The link, expired or not; `null` when there is none, or it was used or replaced. */
  findLink(id: string): Promise<AccountLink | null>;
  /**
   * Uses up the link, sets the password of its person and ends all their sessions: all of it or nothing. `spent`: there is no such link of a person (any more),
   * or the person was removed, and the link is used up; of any number of calls at once exactly one is told `set`.
   */
  setByLink(linkId: string, passwordHash: string): Promise<'set' | 'spent'>;
  /** Uses up the link and adds the person. `email_taken`: somebody has the address meanwhile; the link is used up all the same. */
  addByLink(linkId: string, user: User): Promise<'added' | 'spent' | 'email_taken'>;
  /** Sets the password, ends the person's other sessions and their links. `outdated`: the hash is another by now, and nothing was changed. */
  change(change: PasswordChange): Promise<'changed' | 'outdated'>;
}
