import { DisconnectApp } from '../application/connections/disconnect-app.js';
import { EndAccess } from '../application/connections/end-access.js';
import { ForgetConsent } from '../application/connections/forget-consent.js';
import { ForgetIfRevoked } from '../application/connections/forget-if-revoked.js';
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
  provide(ForgetIfRevoked, (get) => new ForgetIfRevoked(get(ports.grants), get(ForgetConsent)));
  provide(EndAccess, (get) => new EndAccess(get(ports.grants), get(ForgetConsent), get(ports.clock)));
  provide(DisconnectApp, (get) => new DisconnectApp(get(EndAccess)));
  provide(ListGrantsOfClient, (get) => new ListGrantsOfClient(get(ports.connections), get(ports.clients), get(ports.clock)));
  provide(RevokeGrant, (get) => new RevokeGrant(get(ports.grants), get(ports.clients), get(ForgetConsent), get(ports.clock)));
}
