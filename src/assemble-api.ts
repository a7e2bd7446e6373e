import { AddSecret } from './application/clients/add-secret.js';
import { ClientReach } from './application/clients/client-reach.js';
import { CreateClient } from './application/clients/create-client.js';
import { DeleteClient } from './application/clients/delete-client.js';
import { EditClient } from './application/clients/edit-client.js';
import { ListClients } from './application/clients/list-clients.js';
import { RemoveSecret } from './application/clients/remove-secret.js';
import { SetClientDisabled } from './application/clients/set-client-disabled.js';
import { ShowClient } from './application/clients/show-client.js';
import { DisconnectApp } from './application/connections/disconnect-app.js';
import { ListConnectedApps } from './application/connections/list-connected-apps.js';
import { ListGrantsOfClient } from './application/connections/list-grants-of-client.js';
import { RevokeGrant } from './application/connections/revoke-grant.js';
import { ShowConnectedApp } from './application/connections/show-connected-app.js';
import { Idempotently } from './application/operations/idempotently.js';
import { CreateUser } from './application/people/create-user.js';
import { DeleteUser } from './application/people/delete-user.js';
import { DisableUser } from './application/people/disable-user.js';
import { EnableUser } from './application/people/enable-user.js';
import { ListUsers } from './application/people/list-users.js';
import { ShowUser } from './application/people/show-user.js';
import { EndOtherSessions } from './application/sessions/end-other-sessions.js';
import { EndSession } from './application/sessions/end-session.js';
import { ListSessions } from './application/sessions/list-sessions.js';
import { resourceServerUseCases } from './assemble-resources.js';
import { ports } from './container/ports.js';
import type { Container } from './container.js';
import type { ApiUseCases } from './interfaces/api/use-cases.js';

/** The use cases that stand behind the API. */
export function apiUseCases(container: Container): ApiUseCases {
  return {
    clock: container.resolve(ports.clock),
    idempotently: container.resolve(Idempotently),
    createClient: container.resolve(CreateClient),
    editClient: container.resolve(EditClient),
    deleteClient: container.resolve(DeleteClient),
    listClients: container.resolve(ListClients),
    showClient: container.resolve(ShowClient),
    setClientDisabled: container.resolve(SetClientDisabled),
    addSecret: container.resolve(AddSecret),
    removeSecret: container.resolve(RemoveSecret),
    createUser: container.resolve(CreateUser),
    listUsers: container.resolve(ListUsers),
    deleteUser: container.resolve(DeleteUser),
    listSessions: container.resolve(ListSessions),
    endSession: container.resolve(EndSession),
    endOtherSessions: container.resolve(EndOtherSessions),
    disableUser: container.resolve(DisableUser),
    enableUser: container.resolve(EnableUser),
    clientReach: container.resolve(ClientReach),
    disconnectApp: container.resolve(DisconnectApp),
    listConnectedApps: container.resolve(ListConnectedApps),
    listGrantsOfClient: container.resolve(ListGrantsOfClient),
    revokeGrant: container.resolve(RevokeGrant),
    showConnectedApp: container.resolve(ShowConnectedApp),
    showUser: container.resolve(ShowUser),
    resourceServers: resourceServerUseCases(container),
  };
}
