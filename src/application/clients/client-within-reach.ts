import type { Client } from '../../domain/clients/client.js';
import { NotFound } from '../../domain/errors.js';
import type { ClientRepository } from '../ports/client-repository.js';
import { type Actor, actsForAll, owns } from './actor.js';

/** The client, if there is one that the actor may see and change. Somebody else's is `NotFound`, as if it were not there, so that ids cannot be probed. */
export async function clientWithinReach(clients: ClientRepository, actor: Actor, clientId: string): Promise<Client> {
  const client = await clients.find(clientId);
  if (client === null || !(actsForAll(actor) || owns(actor, client))) throw new NotFound('client');
  return client;
}
