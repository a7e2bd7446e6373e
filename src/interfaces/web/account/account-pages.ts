import type { ListClients } from '../../../application/clients/list-clients.js';
import type { BeginLinking } from '../../../application/identities/begin-linking.js';
import type { ListWays } from '../../../application/identities/list-ways.js';
import type { UnlinkIdentity } from '../../../application/identities/unlink-identity.js';
import type { DeleteOwnAccount } from '../../../application/people/delete-own-account.js';
import type { Clock } from '../../../application/ports/clock.js';
import type { SessionUseCases } from '../../../application/sessions/session-use-cases.js';
import type { ListCursor } from '../list-cursor.js';
import type { ProviderPages } from '../providers/provider-pages.js';

/** What the pages of a person's own account work with. */
export interface AccountPages extends SessionUseCases {
  readonly clock: Clock;
  readonly cursor: ListCursor;
  readonly listClients: ListClients;
  readonly deleteOwnAccount: DeleteOwnAccount;
  readonly listWays: ListWays;
  readonly beginLinking: BeginLinking;
  readonly unlinkIdentity: UnlinkIdentity;
  /** Whether passwords are kept here. */
  readonly localAccounts: boolean;
  /** Those at which people sign in. */
  readonly linkableProviders: ProviderPages['providers'];
}
