import { isFresh } from '../../domain/people/session.js';
import type { Clock } from '../ports/clock.js';
import type { SignedIn } from '../sessions/find-session.js';
import type { DeleteUser } from './delete-user.js';

/**
 * A person deletes their own account. `sign_in_first`: they last proved who they are more than five minutes ago, so that it may be somebody else at their
 * browser. `administrator`: only another one deletes an administrator, so that a server is not left without.
 */
export class DeleteOwnAccount {
  constructor(
    private readonly deleteUser: DeleteUser,
    private readonly clock: Clock,
  ) {}

  async execute({ user, session }: SignedIn): Promise<'deleted' | 'sign_in_first' | 'administrator'> {
    if (user.admin) return 'administrator';
    if (!isFresh(session, this.clock.now())) return 'sign_in_first';
    await this.deleteUser.execute({ actor: user, user: { id: user.id }, reason: 'revoked_by_person' });
    return 'deleted';
  }
}
