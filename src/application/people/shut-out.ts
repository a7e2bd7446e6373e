import { LastAdministrator, NotFound } from '../../domain/errors.js';
import type { UserRepository } from '../ports/user-repository.js';

/**
 * Shuts the door behind a person. `sparing`: not behind the last administrator, as administrators must not among themselves; operators may. Throws `NotFound`
 * and `LastAdministrator`.
 */
export async function shutOut(users: UserRepository, id: string, at: Date, sparing: 'last_administrator' | undefined): Promise<void> {
  if (await users.setDisabled(id, at, sparing)) return;
  throw (await users.find(id)) === null ? new NotFound('user') : new LastAdministrator();
}
