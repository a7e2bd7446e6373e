import type { Session } from '../../domain/people/session.js';
import type { Page, PageRequest } from './page.js';

/** Signed-in browsers. Any verb may throw `StorageUnavailable`. */
export interface SessionRepository {
  /**
   * `false`: there is no such person, or they are disabled; nothing was kept. Decided atomically with disabling them: either that comes first and
   * this is refused, or ending all their sessions afterwards finds this one. With `passwordHash`, the one that was just verified, the same holds of
   * changing the password: `false` when it is another by now.
   */
  add(session: Session, passwordHash?: string): Promise<boolean>;
  /** The session, expired or not; `null` when there is none or it was ended. */
  find(id: string): Promise<Session | null>;
  /** Notes that the person was here and how long the session lasts from then. Of two at once the later counts; one that was ended stays so. */
  touch(id: string, lastSeenAt: Date, expiresAt: Date): Promise<void>;
  /** Those of a person that expire after `now`, newest first. */
  listOf(userId: string, now: Date, page: PageRequest): Promise<Page<Session>>;
  /** Ends one session; ending one that is not there is no error. */
  end(id: string): Promise<void>;
  /** Ends one session of a person. `false`: they have no such session. */
  endOneOf(userId: string, id: string): Promise<boolean>;
  /** Ends every session of a person but the one with the id `except`; answers how many there were. */
  endAllOf(userId: string, except: string | null): Promise<number>;
}
