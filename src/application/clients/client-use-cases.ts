import type { AddSecret } from './add-secret.js';
import type { ClientReach } from './client-reach.js';
import type { CreateClient } from './create-client.js';
import type { DeleteClient } from './delete-client.js';
import type { EditClient } from './edit-client.js';
import type { ListClients } from './list-clients.js';
import type { RemoveSecret } from './remove-secret.js';
import type { RevokeClientTokens } from './revoke-client-tokens.js';
import type { SetClientDisabled } from './set-client-disabled.js';
import type { ShowClient } from './show-client.js';

/** What people do with clients; pages, API and command line offer the same. */
export interface ClientUseCases {
  readonly createClient: CreateClient;
  readonly editClient: EditClient;
  readonly deleteClient: DeleteClient;
  readonly listClients: ListClients;
  readonly showClient: ShowClient;
  readonly setClientDisabled: SetClientDisabled;
  readonly clientReach: ClientReach;
  readonly revokeClientTokens: RevokeClientTokens;
  readonly addSecret: AddSecret;
  readonly removeSecret: RemoveSecret;
}
