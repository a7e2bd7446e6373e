import { AddSecret } from '../application/clients/add-secret.js';
import { ClientReach } from '../application/clients/client-reach.js';
import { CreateClient } from '../application/clients/create-client.js';
import { DeleteClient } from '../application/clients/delete-client.js';
import { EditClient } from '../application/clients/edit-client.js';
import { KeepClient } from '../application/clients/keep-client.js';
import { ListClients } from '../application/clients/list-clients.js';
import { NamedClients } from '../application/clients/named-clients.js';
import { RemoveSecret } from '../application/clients/remove-secret.js';
import { RevokeClientTokens } from '../application/clients/revoke-client-tokens.js';
import { SelfRegister } from '../application/clients/self-register.js';
import { SetClientDisabled } from '../application/clients/set-client-disabled.js';
import { ShowClient } from '../application/clients/show-client.js';
import { EndAccess } from '../application/connections/end-access.js';
import { KnownScopes } from '../application/resources/known-scopes.js';
import { ports } from './ports.js';
import type { Given, Provide } from './provide.js';

export function provideClients(provide: Provide, { storage, clientMetadata, admittedRedirects }: Given): void {
  provide(NamedClients, (get) => new NamedClients(get(ports.clients), clientMetadata, admittedRedirects, get(KnownScopes), get(ports.clock)));
  provide(SelfRegister, (get) => new SelfRegister(admittedRedirects, get(KnownScopes)));
  provide(KeepClient, (get) => new KeepClient(get(ports.clients)));
  provide(CreateClient, (get) => new CreateClient(get(ports.clients), get(ports.users), get(KnownScopes), get(ports.clock)));
  provide(EditClient, (get) => new EditClient(get(ports.clients), get(KnownScopes)));
  provide(DeleteClient, (get) => new DeleteClient(get(ports.clients), get(ports.clock)));
  provide(SetClientDisabled, (get) => new SetClientDisabled(get(ports.clients), get(ports.users), get(ports.clock)));
  provide(ShowClient, (get) => new ShowClient(get(ports.clients)));
  provide(ListClients, (get) => new ListClients(get(ports.clients), get(ports.users)));
  provide(ClientReach, (get) => new ClientReach(get(ports.connections), get(ports.clients), get(ports.clock)));
  provide(
    RevokeClientTokens,
    (get) => new RevokeClientTokens(get(ports.clients), get(ports.grants), get(EndAccess), get(ports.clock), storage.now?.bind(storage) ?? null),
  );
  provide(AddSecret, (get) => new AddSecret(get(ports.clients), get(ports.clock)));
  provide(RemoveSecret, (get) => new RemoveSecret(get(ports.clients)));
}
