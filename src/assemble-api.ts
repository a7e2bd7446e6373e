import { DisconnectApp } from './application/connections/disconnect-app.js';
import { ListConnectedApps } from './application/connections/list-connected-apps.js';
import { ListGrantsOfClient } from './application/connections/list-grants-of-client.js';
import { RevokeGrant } from './application/connections/revoke-grant.js';
import { ShowConnectedApp } from './application/connections/show-connected-app.js';
import { Idempotently } from './application/operations/idempotently.js';
import { clientUseCases, peopleUseCases, resourceServerUseCases, sessionUseCases } from './assemble-shared.js';
import { ports } from './container/ports.js';
import type { Container } from './container.js';
import type { ApiUseCases } from './interfaces/api/use-cases.js';

/** The use cases that stand behind the API. */
export function apiUseCases(container: Container): ApiUseCases {
  return {
    ...clientUseCases(container),
    ...peopleUseCases(container),
    ...sessionUseCases(container),
    clock: container.resolve(ports.clock),
    idempotently: container.resolve(Idempotently),
    disconnectApp: container.resolve(DisconnectApp),
    listConnectedApps: container.resolve(ListConnectedApps),
    listGrantsOfClient: container.resolve(ListGrantsOfClient),
    revokeGrant: container.resolve(RevokeGrant),
    showConnectedApp: container.resolve(ShowConnectedApp),
    resourceServers: resourceServerUseCases(container),
  };
}
