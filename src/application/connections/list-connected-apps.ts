import type { Connection } from '../../domain/authorization/connection.js';
import type { Person } from '../clients/actor.js';
import type { Clock } from '../ports/clock.js';
import type { ConnectionRepository } from '../ports/connection-repository.js';
import type { Page, PageRequest } from '../ports/page.js';

/** What acts for the person who asks, a page at a time, by client id; nobody sees anybody else's. */
export class ListConnectedApps {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly clock: Clock,
  ) {}

  execute({ actor, page }: { readonly actor: Person; readonly page: PageRequest }): Promise<Page<Connection>> {
    return this.connections.list(actor.id, this.clock.now(), page);
  }
}
