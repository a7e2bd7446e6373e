import type { AddResourceServerSecret } from './add-resource-server-secret.js';
import type { EditResourceServer } from './edit-resource-server.js';
import type { ListResourceServers } from './list-resource-servers.js';
import type { RegisterResourceServer } from './register-resource-server.js';
import type { RemoveResourceServer } from './remove-resource-server.js';
import type { RemoveResourceServerSecret } from './remove-resource-server-secret.js';
import type { ShowResourceServer } from './show-resource-server.js';

/** What administrators do with resource servers; pages, API and command line offer the same. */
export interface ResourceServerUseCases {
  readonly register: RegisterResourceServer;
  readonly list: ListResourceServers;
  readonly show: ShowResourceServer;
  readonly edit: EditResourceServer;
  readonly remove: RemoveResourceServer;
  readonly addSecret: AddResourceServerSecret;
  readonly removeSecret: RemoveResourceServerSecret;
}
