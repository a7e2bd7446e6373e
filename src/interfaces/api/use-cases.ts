import type { AddSecret } from '../../application/clients/add-secret.js';
import type { ClientReach } from '../../application/clients/client-reach.js';
import type { CreateClient } from '../../application/clients/create-client.js';
import type { DeleteClient } from '../../application/clients/delete-client.js';
import type { EditClient } from '../../application/clients/edit-client.js';
import type { ListClients } from '../../application/clients/list-clients.js';
import type { RemoveSecret } from '../../application/clients/remove-secret.js';
import type { SetClientDisabled } from '../../application/clients/set-client-disabled.js';
import type { ShowClient } from '../../application/clients/show-client.js';
import type { DisconnectApp } from '../../application/connections/disconnect-app.js';
import type { ListConnectedApps } from '../../application/connections/list-connected-apps.js';
import type { ListGrantsOfClient } from '../../application/connections/list-grants-of-client.js';
import type { RevokeGrant } from '../../application/connections/revoke-grant.js';
import type { ShowConnectedApp } from '../../application/connections/show-connected-app.js';
import type { Idempotently } from '../../application/operations/idempotently.js';
import type { CreateUser } from '../../application/people/create-user.js';
import type { DisableUser } from '../../application/people/disable-user.js';
import type { EnableUser } from '../../application/people/enable-user.js';
import type { ListUsers } from '../../application/people/list-users.js';
import type { ShowUser } from '../../application/people/show-user.js';
import type { Clock } from '../../application/ports/clock.js';

/** What the API lets others do, and the time by which it advises them. */
export interface ApiUseCases {
  readonly clock: Clock;
  readonly idempotently: Idempotently;
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
  readonly clientReach: ClientReach;
  readonly disconnectApp: DisconnectApp;
  readonly listConnectedApps: ListConnectedApps;
  readonly listGrantsOfClient: ListGrantsOfClient;
  readonly revokeGrant: RevokeGrant;
  readonly showConnectedApp: ShowConnectedApp;
  readonly showUser: ShowUser;
}
