import type { Connection, ConnectionPlace } from '../../domain/authorization/connection.js';
import type { Person } from '../clients/actor.js';
import type { Clock } from '../ports/clock.js';
import type { ConnectionRepository } from '../ports/connection-repository.js';
import type { Page, PageRequest } from '../ports/page.js';

/**
 * What acts for the person who asks, and then what may again without asking them, a page at a time; nobody sees anybody else's.
 */
export class ListConnectedApps {
  constructor(
    private readonly connections: ConnectionRepository,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, page: { limit, after } }: { readonly actor: Person; readonly page: PageRequest }): Promise<Page<Connection>> {
    const place = after === undefined ? {} : { after: placeFrom(after) };
    const { items, next } = await this.connections.listOf(actor.id, this.clock.now(), { limit, ...place });
    return { items, next: next && textOf(next) };
  }
}

/** Before the client id, where only the consent is remembered. No client id has it (RFC 6749 Appendix A.1). */
const remembered = '\n';

/** A client id alone is a place among those that act. That is also what cursors of before hold, when there was one order for both: they repeat some, and lose none. */
function textOf({ live, clientId }: ConnectionPlace): string {
  return live ? clientId : remembered + clientId;
}

function placeFrom(text: string): ConnectionPlace {
  return text.startsWith(remembered) ? { live: false, clientId: text.slice(remembered.length) } : { live: true, clientId: text };
}
