import type { Readable, Writable } from 'node:stream';
import type { GiveLink } from '../../application/accounts/give-link.js';
import type { ClientUseCases } from '../../application/clients/client-use-cases.js';
import type { ListGrantsOfClient } from '../../application/connections/list-grants-of-client.js';
import type { ListKeys } from '../../application/keys/list-keys.js';
import type { RotateKeys } from '../../application/keys/rotate-keys.js';
import type { WithdrawKey } from '../../application/keys/withdraw-key.js';
import type { IfNotMade } from '../../application/operations/if-not-made.js';
import type { DemoteUser } from '../../application/people/demote-user.js';
import type { PeopleUseCases } from '../../application/people/people-use-cases.js';
import type { PromoteUser } from '../../application/people/promote-user.js';
import type { ResourceServerUseCases } from '../../application/resources/resource-server-use-cases.js';
import type { SessionUseCases } from '../../application/sessions/session-use-cases.js';
import type { RevokeByOperator } from '../../application/tokens/revoke-by-operator.js';
import type { Surroundings } from './doctor-checks.js';
import type { StorageMove } from './storage-move.js';

/** What the commands call. Opened by those that need the store, and always closed. */
export interface Services extends ClientUseCases, PeopleUseCases, SessionUseCases {
  readonly giveLink: GiveLink;
  readonly promoteUser: PromoteUser;
  readonly demoteUser: DemoteUser;
  readonly listGrantsOfClient: ListGrantsOfClient;
  readonly listKeys: ListKeys;
  readonly rotateKeys: RotateKeys;
  readonly withdrawKey: WithdrawKey;
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
  /** Opens the store, migrated and ready. Throws `RefusedWhereNotMade` when told to refuse. */
  openServices(ifNotMade: IfNotMade): Promise<Services>;
  /** Whether `openServices('make')` would make a database. */
  makesStore(): Promise<boolean>;
  /** The services over an empty store that nobody else sees, in which to try what is to be done. */
  emptyStore(): Promise<Services>;
  /** Starts the server; resolves when it has stopped. */
  serve(): Promise<void>;
  /** Applies what is missing; answers the names of the migrations that this call applied. `byModule`: a module that STORAGE names saw to it. */
  migrate(): Promise<{ readonly applied: readonly string[]; readonly byModule?: true }>;
  /** Opens both stores of a move and brings them up to date; an address that was not typed comes from the configuration. */
  openMove(stores: { readonly from?: string; readonly to?: string }): Promise<StorageMove>;
  readonly surroundings: Surroundings;
}
