import { type Reach, reachCounted } from '../../domain/authorization/connection.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { Clock } from '../ports/clock.js';
import type { ConnectionRepository } from '../ports/connection-repository.js';
import type { Actor } from './actor.js';
import { clientWithinReach } from './client-within-reach.js';

/**
 * How many people, and how many of their grants, an end of all access of a client, or deleting it, would end. What it obtained for itself ends too, and is not
 * counted. Throws `NotFound`.
 */
export class ClientReach {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly clients: ClientRepository,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, clientId }: { readonly actor: Actor; readonly clientId: string }): Promise<Reach> {
    await clientWithinReach(this.clients, actor, clientId);
    return this.connections.reach(clientId, this.clock.now(), reachCounted);
  }
}
