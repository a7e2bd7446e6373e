import type { ListClients } from '../../../application/clients/list-clients.js';
import type { BeginLinking } from '../../../application/identities/begin-linking.js';
import type { ListWays } from '../../../application/identities/list-ways.js';
import type { UnlinkIdentity } from '../../../application/identities/unlink-identity.js';
import type { DeleteOwnAccount } from '../../../application/people/delete-own-account.js';
import type { Clock } from '../../../application/ports/clock.js';
import type { EndOtherSessions } from '../../../application/sessions/end-other-sessions.js';
import type { EndSession } from '../../../application/sessions/end-session.js';
import type { ListSessions } from '../../../application/sessions/list-sessions.js';
import type { ListCursor } from '../list-cursor.js';
import type { ProviderPages } from '../providers/provider-pages.js';

/** What the pages of a person's own account work with. */
export interface AccountPages {
  readonly clock: Clock;
  readonly cursor: ListCursor;
  readonly listSessions: ListSessions;
  readonly endSession: EndSession;
  readonly listClients: ListClients;
  readonly deleteOwnAccount: DeleteOwnAccount;
  readonly endOtherSessions: EndOtherSessions;
  readonly listWays: ListWays;
  readonly beginLinking: BeginLinking;
  readonly unlinkIdentity: UnlinkIdentity;
  /** Whether passwords are kept here. */
  readonly localAccounts: boolean;
  /** Those at which people sign in. */
  readonly linkableProviders: ProviderPages['providers'];
}
