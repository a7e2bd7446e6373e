import { GiveLink } from './application/accounts/give-link.js';
import { AddSecret } from './application/clients/add-secret.js';
import { ClientReach } from './application/clients/client-reach.js';
import { CreateClient } from './application/clients/create-client.js';
import { DeleteClient } from './application/clients/delete-client.js';
import { EditClient } from './application/clients/edit-client.js';
import { ListClients } from './application/clients/list-clients.js';
import { RemoveSecret } from './application/clients/remove-secret.js';
import { SetClientDisabled } from './application/clients/set-client-disabled.js';
import { ShowClient } from './application/clients/show-client.js';
import { ListGrantsOfClient } from './application/connections/list-grants-of-client.js';
import { CheckKeys } from './application/keys/check-keys.js';
import { ListKeys } from './application/keys/list-keys.js';
import { RotateKeys } from './application/keys/rotate-keys.js';
import { WithdrawKey } from './application/keys/withdraw-key.js';
import { CreateUser } from './application/people/create-user.js';
import { DeleteUser } from './application/people/delete-user.js';
import { DemoteUser } from './application/people/demote-user.js';
import { DisableUser } from './application/people/disable-user.js';
import { EnableUser } from './application/people/enable-user.js';
import { ListUsers } from './application/people/list-users.js';
import { PromoteUser } from './application/people/promote-user.js';
import { ShowUser } from './application/people/show-user.js';
import { EndOtherSessions } from './application/sessions/end-other-sessions.js';
import { ListSessions } from './application/sessions/list-sessions.js';
import { RevokeByOperator } from './application/tokens/revoke-by-operator.js';
import { resourceServerUseCases } from './assemble-resources.js';
import type { Container } from './container.js';
import type { Services } from './interfaces/cli/command-line.js';

/** The use cases that the command line calls. */
export function commandServices(container: Container, close: () => Promise<void>): Services {
  return {
    createUser: container.resolve(CreateUser),
    giveLink: container.resolve(GiveLink),
    listUsers: container.resolve(ListUsers),
    deleteUser: container.resolve(DeleteUser),
    showUser: container.resolve(ShowUser),
    listSessions: container.resolve(ListSessions),
    endOtherSessions: container.resolve(EndOtherSessions),
    promoteUser: container.resolve(PromoteUser),
    demoteUser: container.resolve(DemoteUser),
    disableUser: container.resolve(DisableUser),
    enableUser: container.resolve(EnableUser),
    createClient: container.resolve(CreateClient),
    listClients: container.resolve(ListClients),
    showClient: container.resolve(ShowClient),
    editClient: container.resolve(EditClient),
    deleteClient: container.resolve(DeleteClient),
    setClientDisabled: container.resolve(SetClientDisabled),
    clientReach: container.resolve(ClientReach),
    listGrantsOfClient: container.resolve(ListGrantsOfClient),
    addSecret: container.resolve(AddSecret),
    removeSecret: container.resolve(RemoveSecret),
    listKeys: container.resolve(ListKeys),
    rotateKeys: container.resolve(RotateKeys),
    withdrawKey: container.resolve(WithdrawKey),
    checkKeys: container.resolve(CheckKeys),
    resourceServers: resourceServerUseCases(container),
    revokeByOperator: container.resolve(RevokeByOperator),
    close,
  };
}
