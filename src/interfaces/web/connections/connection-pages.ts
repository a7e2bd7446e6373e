import type { DisconnectApp } from '../../../application/connections/disconnect-app.js';
import type { ListConnectedApps } from '../../../application/connections/list-connected-apps.js';
import type { ShowConnectedApp } from '../../../application/connections/show-connected-app.js';
import type { Clock } from '../../../application/ports/clock.js';
import type { KnownScopes } from '../../../application/resources/known-scopes.js';
import type { ListCursor } from '../list-cursor.js';

/** What the pages of connected apps work with. */
export interface ConnectionPages {
  readonly knownScopes: KnownScopes;
  readonly cursor: ListCursor;
  readonly clock: Clock;
  readonly listConnectedApps: ListConnectedApps;
  readonly showConnectedApp: ShowConnectedApp;
  readonly disconnectApp: DisconnectApp;
}
