import { GiveLink } from './application/accounts/give-link.js';
import { ListGrantsOfClient } from './application/connections/list-grants-of-client.js';
import { ListKeys } from './application/keys/list-keys.js';
import { RotateKeys } from './application/keys/rotate-keys.js';
import { WithdrawKey } from './application/keys/withdraw-key.js';
import { DemoteUser } from './application/people/demote-user.js';
import { PromoteUser } from './application/people/promote-user.js';
import { RevokeByOperator } from './application/tokens/revoke-by-operator.js';
import { clientUseCases, peopleUseCases, resourceServerUseCases, sessionUseCases } from './assemble-shared.js';
import type { Container } from './container.js';
import type { Services } from './interfaces/cli/command-line.js';

/** The use cases that the command line calls. */
export function commandServices(container: Container, close: () => Promise<void>): Services {
  return {
    ...clientUseCases(container),
    ...peopleUseCases(container),
    ...sessionUseCases(container),
    giveLink: container.resolve(GiveLink),
    promoteUser: container.resolve(PromoteUser),
    demoteUser: container.resolve(DemoteUser),
    listGrantsOfClient: container.resolve(ListGrantsOfClient),
    listKeys: container.resolve(ListKeys),
    rotateKeys: container.resolve(RotateKeys),
    withdrawKey: container.resolve(WithdrawKey),
    resourceServers: resourceServerUseCases(container),
    revokeByOperator: container.resolve(RevokeByOperator),
    close,
  };
}
