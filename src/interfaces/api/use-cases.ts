import type { AddSecret } from '../../application/clients/add-secret.js';
import type { CreateClient } from '../../application/clients/create-client.js';
import type { DeleteClient } from '../../application/clients/delete-client.js';
import type { EditClient } from '../../application/clients/edit-client.js';
import type { ListClients } from '../../application/clients/list-clients.js';
import type { RemoveSecret } from '../../application/clients/remove-secret.js';
import type { SetClientDisabled } from '../../application/clients/set-client-disabled.js';
import type { ShowClient } from '../../application/clients/show-client.js';
import type { CreateUser } from '../../application/people/create-user.js';
import type { DisableUser } from '../../application/people/disable-user.js';
import type { EnableUser } from '../../application/people/enable-user.js';
import type { ListUsers } from '../../application/people/list-users.js';

/** What the API lets others do. */
export interface ApiUseCases {
  readonly createClient: CreateClient;
  readonly editClient: EditClient;
  readonly deleteClient: DeleteClient;
  readonly listClients: ListClients;
  readonly showClient: ShowClient;
  readonly setClientDisabled: SetClientDisabled;
  readonly addSecret: AddSecret;
  readonly removeSecret: RemoveSecret;
  readonly createUser: CreateUser;
  readonly listUsers: ListUsers;
  readonly disableUser: DisableUser;
  readonly enableUser: EnableUser;
}
