import { Attempts } from '../application/attempts/attempts.js';
import { UsageJournal } from '../application/operations/usage-journal.js';
import { AddResourceServerSecret } from '../application/resources/add-resource-server-secret.js';
import { AuthenticateResourceServer } from '../application/resources/authenticate-resource-server.js';
import { EditResourceServer } from '../application/resources/edit-resource-server.js';
import { KnownResources } from '../application/resources/known-resources.js';
import { KnownScopes } from '../application/resources/known-scopes.js';
import { ListResourceServers } from '../application/resources/list-resource-servers.js';
import { RegisterResourceServer } from '../application/resources/register-resource-server.js';
import { RemoveResourceServer } from '../application/resources/remove-resource-server.js';
import { RemoveResourceServerSecret } from '../application/resources/remove-resource-server-secret.js';
import { ResourceDirectory } from '../application/resources/resource-directory.js';
import { ShowResourceServer } from '../application/resources/show-resource-server.js';
import { ports } from './ports.js';
import type { Given, Provide } from './provide.js';

export function provideResources(provide: Provide, { config: { issuer, catalogue, unregisteredResources } }: Given): void {
  provide(KnownScopes, (get) => new KnownScopes(catalogue, get(ResourceDirectory)));
  provide(KnownResources, (get) => new KnownResources(get(ResourceDirectory), unregisteredResources, issuer));
  provide(ResourceDirectory, (get) => new ResourceDirectory(get(ports.resourceServers), get(ports.notices), get(ports.clock)));
  provide(RegisterResourceServer, (get) => new RegisterResourceServer(get(ports.resourceServers), get(ResourceDirectory), catalogue, issuer, get(ports.clock)));
  provide(EditResourceServer, (get) => new EditResourceServer(get(ports.resourceServers), get(ResourceDirectory), catalogue));
  provide(RemoveResourceServer, (get) => new RemoveResourceServer(get(ports.resourceServers), get(ResourceDirectory)));
  provide(ShowResourceServer, (get) => new ShowResourceServer(get(ports.resourceServers)));
  provide(ListResourceServers, (get) => new ListResourceServers(get(ports.resourceServers)));
  provide(AddResourceServerSecret, (get) => new AddResourceServerSecret(get(ports.resourceServers), get(ResourceDirectory), get(ports.clock)));
  provide(RemoveResourceServerSecret, (get) => new RemoveResourceServerSecret(get(ports.resourceServers), get(ResourceDirectory)));
  provide(AuthenticateResourceServer, (get) => new AuthenticateResourceServer(get(ResourceDirectory), get(UsageJournal), get(Attempts), get(ports.clock)));
}
