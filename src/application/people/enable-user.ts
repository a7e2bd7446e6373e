import type { User } from '../../domain/people/user.js';
import type { Actor } from '../clients/actor.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { UserRepository } from '../ports/user-repository.js';
import { namedUser, type UserRef } from './named-user.js';

export interface EnableUserInput {
  readonly actor: Actor;
  readonly user: UserRef;
}

export interface EnabledUser {
  readonly user: User;
  readonly clientsEnabled: number;
}

/**
 * Lets a disabled person sign in again, and switches on the apps that were switched off with them, no others. What was ended when they were disabled
 * stays ended.
 */
export class EnableUser {
  constructor(
    private readonly users: UserRepository,
    private readonly clients: ClientRepository,
  ) {}

  async execute({ user: ref }: EnableUserInput): Promise<EnabledUser> {
    const user = await namedUser(this.users, ref);
    await this.users.setDisabled(user.id, null);
    return { user: { ...user, disabledAt: null }, clientsEnabled: await this.clients.enableWithOwner(user.id) };
  }
}
