import type { ClientUseCases } from '../../application/clients/client-use-cases.js';
import type { DisconnectApp } from '../../application/connections/disconnect-app.js';
import type { ListConnectedApps } from '../../application/connections/list-connected-apps.js';
import type { ListGrantsOfClient } from '../../application/connections/list-grants-of-client.js';
import type { RevokeGrant } from '../../application/connections/revoke-grant.js';
import type { ShowConnectedApp } from '../../application/connections/show-connected-app.js';
import type { Idempotently } from '../../application/operations/idempotently.js';
import type { PeopleUseCases } from '../../application/people/people-use-cases.js';
import type { Clock } from '../../application/ports/clock.js';
import type { ResourceServerUseCases } from '../../application/resources/resource-server-use-cases.js';
import type { SessionUseCases } from '../../application/sessions/session-use-cases.js';

/** What the API lets others do, and the time by which it advises them. */
export interface ApiUseCases extends ClientUseCases, PeopleUseCases, SessionUseCases {
  readonly clock: Clock;
  readonly idempotently: Idempotently;
  readonly disconnectApp: DisconnectApp;
  readonly listConnectedApps: ListConnectedApps;
  readonly listGrantsOfClient: ListGrantsOfClient;
  readonly revokeGrant: RevokeGrant;
  readonly showConnectedApp: ShowConnectedApp;
  readonly resourceServers: ResourceServerUseCases;
}
