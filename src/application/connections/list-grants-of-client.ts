import type { Grant } from '../../domain/authorization/grant.js';
import type { Actor } from '../clients/actor.js';
import { clientWithinReach } from '../clients/client-within-reach.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { Clock } from '../ports/clock.js';
import type { ConnectionRepository } from '../ports/connection-repository.js';
import type { Page, PageRequest } from '../ports/page.js';

export interface GrantsOfClient {
  readonly actor: Actor;
  readonly clientId: string;
  readonly page: PageRequest;
}

/** The live grants of a client within the actor's reach, newest first, a page at a time. Throws `NotFound`. */
export class ListGrantsOfClient {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly clients: ClientRepository,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, clientId, page }: GrantsOfClient): Promise<Page<Grant>> {
    await clientWithinReach(this.clients, actor, clientId);
    return this.connections.grantsOf(clientId, this.clock.now(), page);
  }
}
