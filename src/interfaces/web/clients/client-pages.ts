import type { AddSecret } from '../../../application/clients/add-secret.js';
import type { ClientReach } from '../../../application/clients/client-reach.js';
import type { CreateClient } from '../../../application/clients/create-client.js';
import type { DeleteClient } from '../../../application/clients/delete-client.js';
import type { EditClient } from '../../../application/clients/edit-client.js';
import type { ListClients } from '../../../application/clients/list-clients.js';
import type { RemoveSecret } from '../../../application/clients/remove-secret.js';
import type { SetClientDisabled } from '../../../application/clients/set-client-disabled.js';
import type { ShowClient } from '../../../application/clients/show-client.js';
import type { Idempotently } from '../../../application/operations/idempotently.js';
import type { Clock } from '../../../application/ports/clock.js';
import type { KnownScopes } from '../../../application/resources/known-scopes.js';
import type { ListCursor } from '../list-cursor.js';
import type { UsualLifetimes } from '../views/clients/policy-fields.js';

/** What the pages of clients work with. */
export interface ClientPages {
  readonly issuer: string;
  readonly knownScopes: KnownScopes;
  readonly usual: UsualLifetimes;
  readonly cursor: ListCursor;
  readonly clock: Clock;
  readonly idempotently: Idempotently;
  readonly createClient: CreateClient;
  readonly editClient: EditClient;
  readonly deleteClient: DeleteClient;
  readonly listClients: ListClients;
  readonly showClient: ShowClient;
  readonly setClientDisabled: SetClientDisabled;
  readonly clientReach: ClientReach;
  readonly addSecret: AddSecret;
  readonly removeSecret: RemoveSecret;
}
