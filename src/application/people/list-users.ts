import type { User } from '../../domain/people/user.js';
import type { Page, PageRequest } from '../ports/page.js';
import type { UserRepository } from '../ports/user-repository.js';

/** Everybody who was added, newest first, a page at a time. For operators and administrators. */
export class ListUsers {
  constructor(private readonly users: UserRepository) {}

  execute(page: PageRequest): Promise<Page<User>> {
    return this.users.list(page);
  }
}
