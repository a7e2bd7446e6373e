import { NotFound } from '../../domain/errors.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { Clock } from '../ports/clock.js';
import type { Actor } from './actor.js';
import { clientWithinReach } from './client-within-reach.js';
import { mustBeRegisteredHere } from './registered-here.js';

/** Removes a client with its secrets; every grant people gave it, and every token it holds, ends. Throws `IntroducesItself`. */
export class DeleteClient {
  constructor(
    private readonly clients: ClientRepository,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, clientId }: { readonly actor: Actor; readonly clientId: string }): Promise<void> {
    const client = await clientWithinReach(this.clients, actor, clientId);
    mustBeRegisteredHere(client, 'deleted');
    if (!(await this.clients.remove(clientId, this.clock.now()))) throw new NotFound('client');
  }
}
