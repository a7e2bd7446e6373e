import type { EndOtherSessions } from './end-other-sessions.js';
import type { EndSession } from './end-session.js';
import type { ListSessions } from './list-sessions.js';

/** What is done with the sessions of a person, by themselves or by an administrator. */
export interface SessionUseCases {
  readonly listSessions: ListSessions;
  readonly endSession: EndSession;
  readonly endOtherSessions: EndOtherSessions;
}
