import { DisconnectApp } from '../application/connections/disconnect-app.js';
import { ForgetAfterReuse } from '../application/connections/forget-after-reuse.js';
import { ForgetConsent } from '../application/connections/forget-consent.js';
import { ListConnectedApps } from '../application/connections/list-connected-apps.js';
import { ListGrantsOfClient } from '../application/connections/list-grants-of-client.js';
import { RevokeGrant } from '../application/connections/revoke-grant.js';
import { ShowConnectedApp } from '../application/connections/show-connected-app.js';
import { ports } from './ports.js';
import type { Provide } from './provide.js';

export function provideConnections(provide: Provide): void {
  provide(ListConnectedApps, (get) => new ListConnectedApps(get(ports.connections), get(ports.clock)));
  provide(ShowConnectedApp, (get) => new ShowConnectedApp(get(ports.connections), get(ports.clock)));
  provide(ForgetConsent, (get) => new ForgetConsent(get(ports.consents)));
  provide(ForgetAfterReuse, (get) => new ForgetAfterReuse(get(ports.grants), get(ForgetConsent)));
  provide(DisconnectApp, (get) => new DisconnectApp(get(ports.grants), get(ForgetConsent), get(ports.clock)));
  provide(ListGrantsOfClient, (get) => new ListGrantsOfClient(get(ports.connections), get(ports.clients), get(ports.clock)));
  provide(RevokeGrant, (get) => new RevokeGrant(get(ports.grants), get(ports.clients), get(ForgetConsent), get(ports.clock)));
}
