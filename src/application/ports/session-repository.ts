import type { Session } from '../../domain/people/session.js';

/** Signed-in browsers. Any verb may throw `StorageUnavailable`. */
export interface SessionRepository {
  add(session: Session): Promise<void>;
  /** The session, expired or not; `null` when there is none or it was ended. */
  find(id: string): Promise<Session | null>;
  /** Ends one session; ending one that is not there is no error. */
  end(id: string): Promise<void>;
  /** Ends every session of a person; answers how many there were. */
  endAllOf(userId: string): Promise<number>;
}
