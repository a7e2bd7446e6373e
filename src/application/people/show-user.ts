import type { User } from '../../domain/people/user.js';
import type { UserRepository } from '../ports/user-repository.js';
import { namedUser, type UserRef } from './named-user.js';

/** One person. For operators and administrators. Throws `NotFound`. */
export class ShowUser {
  constructor(private readonly users: UserRepository) {}

  execute(ref: UserRef): Promise<User> {
    return namedUser(this.users, ref);
  }
}
