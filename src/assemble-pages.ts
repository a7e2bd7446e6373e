import type { DependencyContainer } from 'tsyringe';
import { AddSecret } from './application/clients/add-secret.js';
import { CreateClient } from './application/clients/create-client.js';
import { DeleteClient } from './application/clients/delete-client.js';
import { EditClient } from './application/clients/edit-client.js';
import { ListClients } from './application/clients/list-clients.js';
import { RemoveSecret } from './application/clients/remove-secret.js';
import { SetClientDisabled } from './application/clients/set-client-disabled.js';
import { ShowClient } from './application/clients/show-client.js';
import { ports } from './container.js';
import type { WebPages } from './interfaces/web/web-pages.js';

/** What the pages of clients take from the container. */
export function clientPages(container: DependencyContainer): WebPages['clients'] {
  return {
    clock: container.resolve(ports.clock),
    createClient: container.resolve(CreateClient),
    editClient: container.resolve(EditClient),
    deleteClient: container.resolve(DeleteClient),
    listClients: container.resolve(ListClients),
    showClient: container.resolve(ShowClient),
    setClientDisabled: container.resolve(SetClientDisabled),
    addSecret: container.resolve(AddSecret),
    removeSecret: container.resolve(RemoveSecret),
  };
}
