import type { Readable, Writable } from 'node:stream';
import type { GiveLink } from '../../application/accounts/give-link.js';
import type { AddSecret } from '../../application/clients/add-secret.js';
import type { ClientReach } from '../../application/clients/client-reach.js';
import type { CreateClient } from '../../application/clients/create-client.js';
import type { DeleteClient } from '../../application/clients/delete-client.js';
import type { EditClient } from '../../application/clients/edit-client.js';
import type { ListClients } from '../../application/clients/list-clients.js';
import type { RemoveSecret } from '../../application/clients/remove-secret.js';
import type { SetClientDisabled } from '../../application/clients/set-client-disabled.js';
import type { ShowClient } from '../../application/clients/show-client.js';
import type { ListGrantsOfClient } from '../../application/connections/list-grants-of-client.js';
import type { CheckKeys } from '../../application/keys/check-keys.js';
import type { ListKeys } from '../../application/keys/list-keys.js';
import type { RotateKeys } from '../../application/keys/rotate-keys.js';
import type { WithdrawKey } from '../../application/keys/withdraw-key.js';
import type { CreateUser } from '../../application/people/create-user.js';
import type { DeleteUser } from '../../application/people/delete-user.js';
import type { DemoteUser } from '../../application/people/demote-user.js';
import type { DisableUser } from '../../application/people/disable-user.js';
import type { EnableUser } from '../../application/people/enable-user.js';
import type { ListUsers } from '../../application/people/list-users.js';
import type { PromoteUser } from '../../application/people/promote-user.js';
import type { ShowUser } from '../../application/people/show-user.js';
import type { ResourceServerUseCases } from '../../application/resources/resource-server-use-cases.js';
import type { EndOtherSessions } from '../../application/sessions/end-other-sessions.js';
import type { ListSessions } from '../../application/sessions/list-sessions.js';
import type { RevokeByOperator } from '../../application/tokens/revoke-by-operator.js';
import type { Surroundings } from './doctor-checks.js';
import type { StorageMove } from './storage-move.js';

/** What the commands call. Opened by those that need the store, and always closed. */
export interface Services {
  readonly createUser: CreateUser;
  readonly giveLink: GiveLink;
  readonly listUsers: ListUsers;
  readonly deleteUser: DeleteUser;
  readonly showUser: ShowUser;
  readonly listSessions: ListSessions;
  readonly endOtherSessions: EndOtherSessions;
  readonly promoteUser: PromoteUser;
  readonly demoteUser: DemoteUser;
  readonly disableUser: DisableUser;
  readonly enableUser: EnableUser;
  readonly createClient: CreateClient;
  readonly listClients: ListClients;
  readonly showClient: ShowClient;
  readonly editClient: EditClient;
  readonly deleteClient: DeleteClient;
  readonly setClientDisabled: SetClientDisabled;
  readonly clientReach: ClientReach;
  readonly listGrantsOfClient: ListGrantsOfClient;
  readonly addSecret: AddSecret;
  readonly removeSecret: RemoveSecret;
  readonly listKeys: ListKeys;
  readonly rotateKeys: RotateKeys;
  readonly withdrawKey: WithdrawKey;
  readonly checkKeys: CheckKeys;
  readonly resourceServers: ResourceServerUseCases;
  readonly revokeByOperator: RevokeByOperator;
  close(): Promise<void>;
}

/** Everything the command line needs of the process around it. Any of the functions may throw `StorageUnavailable` or `CommandFailure`. */
export interface CommandLine {
  readonly version: string;
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Opens the store, migrated and ready. */
  openServices(): Promise<Services>;
  /** Starts the server; resolves when it has stopped. */
  serve(): Promise<void>;
  /** Applies what is missing; answers the names of the migrations that this call applied. */
  migrate(): Promise<{ readonly applied: readonly string[] }>;
  /** Opens both stores of a move and brings them up to date; an address that was not typed comes from the configuration. */
  openMove(stores: { readonly from?: string; readonly to?: string }): Promise<StorageMove>;
  readonly surroundings: Surroundings;
}
