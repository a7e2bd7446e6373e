import { DisconnectApp } from './application/connections/disconnect-app.js';
import { ListConnectedApps } from './application/connections/list-connected-apps.js';
import { ShowConnectedApp } from './application/connections/show-connected-app.js';
import { BeginLinking } from './application/identities/begin-linking.js';
import { ListWays } from './application/identities/list-ways.js';
import { UnlinkIdentity } from './application/identities/unlink-identity.js';
import { Idempotently } from './application/operations/idempotently.js';
import { DeleteOwnAccount } from './application/people/delete-own-account.js';
import { KnownScopes } from './application/resources/known-scopes.js';
import { clientUseCases, peopleUseCases, resourceServerUseCases, sessionUseCases } from './assemble-shared.js';
import { ports } from './container/ports.js';
import type { Container } from './container.js';
import type { PersonUseCases } from './interfaces/web/web-pages.js';

/** The use cases that stand behind the pages for signed-in people. */
export function personUseCases(container: Container): PersonUseCases {
  return {
    ...clientUseCases(container),
    ...peopleUseCases(container),
    ...sessionUseCases(container),
    clock: container.resolve(ports.clock),
    knownScopes: container.resolve(KnownScopes),
    idempotently: container.resolve(Idempotently),
    listConnectedApps: container.resolve(ListConnectedApps),
    showConnectedApp: container.resolve(ShowConnectedApp),
    disconnectApp: container.resolve(DisconnectApp),
    deleteOwnAccount: container.resolve(DeleteOwnAccount),
    listWays: container.resolve(ListWays),
    beginLinking: container.resolve(BeginLinking),
    unlinkIdentity: container.resolve(UnlinkIdentity),
    resourceServers: resourceServerUseCases(container),
  };
}
