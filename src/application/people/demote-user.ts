import { NotFound } from '../../domain/errors.js';
import type { User } from '../../domain/people/user.js';
import type { UserRepository } from '../ports/user-repository.js';
import { namedUser, type UserRef } from './named-user.js';

export interface DemotedUser {
  /** `last_administrator`: nobody would be left who can look after this server; nothing was changed. */
  readonly outcome: 'demoted' | 'last_administrator';
  readonly user: User;
}

/**
 * Takes an administrator's rights away, from their next request on, on every instance. They stay signed in, as everybody else. Secrets that they saw they
 * still know. For operators and administrators. Throws `NotFound`.
 */
export class DemoteUser {
  constructor(private readonly users: UserRepository) {}

  async execute(ref: UserRef): Promise<DemotedUser> {
    const user = await namedUser(this.users, ref);
    const outcome = await this.users.demote(user.id);
    if (outcome === 'unknown') throw new NotFound('user');
    return { outcome, user: outcome === 'demoted' ? { ...user, admin: false } : user };
  }
}
