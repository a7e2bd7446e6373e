import type { User } from '../../domain/people/user.js';
import type { Page, PageRequest } from './page.js';

/** People. Any verb may throw `StorageUnavailable`. */
export interface UserRepository {
  /** `email_taken`: another person has this e-mail address; nothing was kept. Decided atomically. */
  add(user: User): Promise<'added' | 'email_taken'>;
  find(id: string): Promise<User | null>;
  /** By the e-mail address as `normaliseEmail` writes it. */
  findByEmail(email: string): Promise<User | null>;
  /**
   * Sets or clears the moment the person was disabled; another moment than before is kept, and not logged as a revocation. `false`: there is no such person.
   * With `sparing` also where they are the last administrator who is not disabled, and nothing was changed: of any number who are disabled or demoted at once one is
   * left.
   */
  setDisabled(id: string, disabledAt: Date | null, sparing?: 'last_administrator'): Promise<boolean>;
  /**
   * Forgets a person, their sessions, identities and consents included; their address may be given to somebody else. From then on nobody finds them.
   * `false`: there is no such person. Clients and grants are ended before, and not touched; links are left to expire. `at` is for a store that keeps the row
   * and marks it.
   */
  remove(id: string, at: Date): Promise<boolean>;
  /**
   * Makes somebody an administrator, disabled or not; saying it again is no error. With `first` only somebody who is not disabled, and only while nobody at
   * all is one, disabled people included: `not_first` otherwise. Of any number who are to be the first at once, exactly one is.
   */
  promote(id: string, first?: 'first'): Promise<'promoted' | 'not_first' | 'unknown'>;
  /**
   * Takes that away; saying it again is no error. `last_administrator`: no other administrator is there who is not disabled, and nothing was changed. Of any
   * number at once one is left.
   */
  demote(id: string): Promise<'demoted' | 'last_administrator' | 'unknown'>;
  /** Newest first. Nothing after an id that is not there. */
  list(page: PageRequest): Promise<Page<User>>;
}
