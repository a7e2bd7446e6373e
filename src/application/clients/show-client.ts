import type { Client } from '../../domain/clients/client.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { Actor } from './actor.js';
import { clientWithinReach } from './client-within-reach.js';

/** One client with its secrets, of which only labels and last characters are known. */
export class ShowClient {
  constructor(private readonly clients: ClientRepository) {}

  execute({ actor, clientId }: { readonly actor: Actor; readonly clientId: string }): Promise<Client> {
    return clientWithinReach(this.clients, actor, clientId);
  }
}
