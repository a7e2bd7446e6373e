import type { CreateUser } from './create-user.js';
import type { DeleteUser } from './delete-user.js';
import type { DisableUser } from './disable-user.js';
import type { EnableUser } from './enable-user.js';
import type { ListUsers } from './list-users.js';
import type { ShowUser } from './show-user.js';

/** What administrators do with people; pages, API and command line offer the same. */
export interface PeopleUseCases {
  readonly createUser: CreateUser;
  readonly deleteUser: DeleteUser;
  readonly disableUser: DisableUser;
  readonly enableUser: EnableUser;
  readonly listUsers: ListUsers;
  readonly showUser: ShowUser;
}
