import type { ListClients } from '../../../application/clients/list-clients.js';
import type { PeopleUseCases } from '../../../application/people/people-use-cases.js';
import type { Clock } from '../../../application/ports/clock.js';
import type { SessionUseCases } from '../../../application/sessions/session-use-cases.js';
import type { ListCursor } from '../list-cursor.js';

/** What the administrators' pages work with. */
export interface PeoplePages extends PeopleUseCases, SessionUseCases {
  readonly clock: Clock;
  readonly cursor: ListCursor;
  /** Whether people with a password that is kept here can be added. */
  readonly localAccounts: boolean;
  readonly listClients: ListClients;
}
