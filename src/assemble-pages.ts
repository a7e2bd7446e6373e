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
import { ShowConnectedApp } from './application/connections/show-connected-app.js';
import { BeginLinking } from './application/identities/begin-linking.js';
import { ListWays } from './application/identities/list-ways.js';
import { UnlinkIdentity } from './application/identities/unlink-identity.js';
import { Idempotently } from './application/operations/idempotently.js';
import { CreateUser } from './application/people/create-user.js';
import { DeleteOwnAccount } from './application/people/delete-own-account.js';
import { DeleteUser } from './application/people/delete-user.js';
import { DisableUser } from './application/people/disable-user.js';
import { EnableUser } from './application/people/enable-user.js';
import { ListUsers } from './application/people/list-users.js';
import { ShowUser } from './application/people/show-user.js';
import { KnownScopes } from './application/resources/known-scopes.js';
import { EndOtherSessions } from './application/sessions/end-other-sessions.js';
import { EndSession } from './application/sessions/end-session.js';
import { ListSessions } from './application/sessions/list-sessions.js';
import { resourceServerUseCases } from './assemble-resources.js';
import { ports } from './container/ports.js';
import type { Container } from './container.js';
import type { PersonUseCases } from './interfaces/web/web-pages.js';

/** The use cases that stand behind the pages for signed-in people. */
export function personUseCases(container: Container): PersonUseCases {
  return {
    clock: container.resolve(ports.clock),
    knownScopes: container.resolve(KnownScopes),
    idempotently: container.resolve(Idempotently),
    createClient: container.resolve(CreateClient),
    editClient: container.resolve(EditClient),
    deleteClient: container.resolve(DeleteClient),
    listClients: container.resolve(ListClients),
    showClient: container.resolve(ShowClient),
    setClientDisabled: container.resolve(SetClientDisabled),
    clientReach: container.resolve(ClientReach),
    addSecret: container.resolve(AddSecret),
    removeSecret: container.resolve(RemoveSecret),
    listConnectedApps: container.resolve(ListConnectedApps),
    showConnectedApp: container.resolve(ShowConnectedApp),
    disconnectApp: container.resolve(DisconnectApp),
    listSessions: container.resolve(ListSessions),
    endSession: container.resolve(EndSession),
    endOtherSessions: container.resolve(EndOtherSessions),
    listUsers: container.resolve(ListUsers),
    showUser: container.resolve(ShowUser),
    createUser: container.resolve(CreateUser),
    deleteOwnAccount: container.resolve(DeleteOwnAccount),
    listWays: container.resolve(ListWays),
    beginLinking: container.resolve(BeginLinking),
    unlinkIdentity: container.resolve(UnlinkIdentity),
    deleteUser: container.resolve(DeleteUser),
    disableUser: container.resolve(DisableUser),
    enableUser: container.resolve(EnableUser),
    resourceServers: resourceServerUseCases(container),
  };
}
