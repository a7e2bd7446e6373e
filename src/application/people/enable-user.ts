import type { User } from '../../domain/people/user.js';
import type { UserRepository } from '../ports/user-repository.js';
import { namedUser, type UserRef } from './named-user.js';

/** Lets a disabled person sign in again. What was ended when they were disabled stays ended. */
export class EnableUser {
  constructor(private readonly users: UserRepository) {}

  async execute(ref: UserRef): Promise<User> {
    const user = await namedUser(this.users, ref);
    await this.users.setDisabled(user.id, null);
    return { ...user, disabledAt: null };
  }
}
