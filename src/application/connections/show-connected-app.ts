import type { Connection } from '../../domain/authorization/connection.js';
import { NotFound } from '../../domain/errors.js';
import type { Person } from '../clients/actor.js';
import type { Clock } from '../ports/clock.js';
import type { ConnectionRepository } from '../ports/connection-repository.js';

/** One app that acts for the person who asks. Throws `NotFound` when it does not. */
export class ShowConnectedApp {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, clientId }: { readonly actor: Person; readonly clientId: string }): Promise<Connection> {
    const connection = await this.connections.find(actor.id, clientId, this.clock.now());
    if (connection === null) throw new NotFound('connected app');
    return connection;
  }
}
