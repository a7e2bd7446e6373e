import type { ListClients } from '../../../application/clients/list-clients.js';
import type { CreateUser } from '../../../application/people/create-user.js';
import type { DeleteUser } from '../../../application/people/delete-user.js';
import type { DisableUser } from '../../../application/people/disable-user.js';
import type { EnableUser } from '../../../application/people/enable-user.js';
import type { ListUsers } from '../../../application/people/list-users.js';
import type { ShowUser } from '../../../application/people/show-user.js';
import type { Clock } from '../../../application/ports/clock.js';
import type { EndOtherSessions } from '../../../application/sessions/end-other-sessions.js';
import type { EndSession } from '../../../application/sessions/end-session.js';
import type { ListSessions } from '../../../application/sessions/list-sessions.js';
import type { ListCursor } from '../list-cursor.js';

/** What the administrators' pages work with. */
export interface PeoplePages {
  readonly clock: Clock;
  readonly cursor: ListCursor;
  /** Whether people with a password that is kept here can be added. */
  readonly localAccounts: boolean;
  readonly listClients: ListClients;
  readonly listUsers: ListUsers;
  readonly showUser: ShowUser;
  readonly createUser: CreateUser;
  readonly deleteUser: DeleteUser;
  readonly disableUser: DisableUser;
  readonly enableUser: EnableUser;
  readonly listSessions: ListSessions;
  readonly endSession: EndSession;
  readonly endOtherSessions: EndOtherSessions;
}
