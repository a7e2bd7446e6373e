import { AddSecret } from './application/clients/add-secret.js';
import { ClientReach } from './application/clients/client-reach.js';
import type { ClientUseCases } from './application/clients/client-use-cases.js';
import { CreateClient } from './application/clients/create-client.js';
import { DeleteClient } from './application/clients/delete-client.js';
import { EditClient } from './application/clients/edit-client.js';
import { ListClients } from './application/clients/list-clients.js';
import { RemoveSecret } from './application/clients/remove-secret.js';
import { RevokeClientTokens } from './application/clients/revoke-client-tokens.js';
import { SetClientDisabled } from './application/clients/set-client-disabled.js';
import { ShowClient } from './application/clients/show-client.js';
import { CreateUser } from './application/people/create-user.js';
import { DeleteUser } from './application/people/delete-user.js';
import { DisableUser } from './application/people/disable-user.js';
import { EnableUser } from './application/people/enable-user.js';
import { ListUsers } from './application/people/list-users.js';
import type { PeopleUseCases } from './application/people/people-use-cases.js';
import { ShowUser } from './application/people/show-user.js';
import { AddResourceServerSecret } from './application/resources/add-resource-server-secret.js';
import { EditResourceServer } from './application/resources/edit-resource-server.js';
import { ListResourceServers } from './application/resources/list-resource-servers.js';
import { RegisterResourceServer } from './application/resources/register-resource-server.js';
import { RemoveResourceServer } from './application/resources/remove-resource-server.js';
import { RemoveResourceServerSecret } from './application/resources/remove-resource-server-secret.js';
import type { ResourceServerUseCases } from './application/resources/resource-server-use-cases.js';
import { ShowResourceServer } from './application/resources/show-resource-server.js';
import { EndOtherSessions } from './application/sessions/end-other-sessions.js';
import { EndSession } from './application/sessions/end-session.js';
import { ListSessions } from './application/sessions/list-sessions.js';
import type { SessionUseCases } from './application/sessions/session-use-cases.js';
import type { Container } from './container.js';

export function clientUseCases(container: Container): ClientUseCases {
  return {
    addSecret: container.resolve(AddSecret),
    clientReach: container.resolve(ClientReach),
    createClient: container.resolve(CreateClient),
    deleteClient: container.resolve(DeleteClient),
    editClient: container.resolve(EditClient),
    listClients: container.resolve(ListClients),
    removeSecret: container.resolve(RemoveSecret),
    revokeClientTokens: container.resolve(RevokeClientTokens),
    setClientDisabled: container.resolve(SetClientDisabled),
    showClient: container.resolve(ShowClient),
  };
}

export function peopleUseCases(container: Container): PeopleUseCases {
  return {
    createUser: container.resolve(CreateUser),
    deleteUser: container.resolve(DeleteUser),
    disableUser: container.resolve(DisableUser),
    enableUser: container.resolve(EnableUser),
    listUsers: container.resolve(ListUsers),
    showUser: container.resolve(ShowUser),
  };
}

export function sessionUseCases(container: Container): SessionUseCases {
  return {
    endOtherSessions: container.resolve(EndOtherSessions),
    endSession: container.resolve(EndSession),
    listSessions: container.resolve(ListSessions),
  };
}

export function resourceServerUseCases(container: Container): ResourceServerUseCases {
  return {
    register: container.resolve(RegisterResourceServer),
    list: container.resolve(ListResourceServers),
    show: container.resolve(ShowResourceServer),
    edit: container.resolve(EditResourceServer),
    remove: container.resolve(RemoveResourceServer),
    addSecret: container.resolve(AddResourceServerSecret),
    removeSecret: container.resolve(RemoveResourceServerSecret),
  };
}
