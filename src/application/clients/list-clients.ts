import type { Client } from '../../domain/clients/client.js';
import { namedUser, type UserRef } from '../people/named-user.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { Page, PageRequest } from '../ports/page.js';
import type { UserRepository } from '../ports/user-repository.js';
import { type Actor, actsForAll, personOf } from './actor.js';

export interface ClientList {
  readonly actor: Actor;
  /** Only this person's. For a person who may see no others it changes nothing. */
  readonly owner?: UserRef | undefined;
  readonly page: PageRequest;
}

/** The clients within the actor's reach, newest first, a page at a time. */
export class ListClients {
  constructor(
    private readonly clients: ClientRepository,
    private readonly users: UserRepository,
  ) {}

  async execute({ actor, owner, page }: ClientList): Promise<Page<Client>> {
    const ownId = personOf(actor);
    if (!actsForAll(actor) && ownId !== null) return this.clients.list({ ownerId: ownId }, page);
    if (owner === undefined) return this.clients.list({}, page);
    return this.clients.list({ ownerId: (await namedUser(this.users, owner)).id }, page);
  }
}
