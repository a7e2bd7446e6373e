import { NotFound } from '../../domain/errors.js';
import type { User } from '../../domain/people/user.js';
import type { UserRepository } from '../ports/user-repository.js';
import { namedUser, type UserRef } from './named-user.js';

/** Makes somebody an administrator, from their next request on, on every instance. For operators and administrators. Throws `NotFound`. */
export class PromoteUser {
  constructor(private readonly users: UserRepository) {}

  async execute(ref: UserRef): Promise<User> {
    const user = await namedUser(this.users, ref);
    if ((await this.users.promote(user.id)) === 'unknown') throw new NotFound('user');
    return { ...user, admin: true };
  }
}
