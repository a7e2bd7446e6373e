import type { User } from '../../domain/people/user.js';
import type { Actor } from '../clients/actor.js';
import type { EndAccess } from '../connections/end-access.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { Clock } from '../ports/clock.js';
import type { SessionRepository } from '../ports/session-repository.js';
import type { UserRepository } from '../ports/user-repository.js';
import { namedUser, type UserRef } from './named-user.js';
import { shutOut } from './shut-out.js';

export interface DisableUserInput {
  readonly actor: Actor;
  readonly user: UserRef;
  /** Leave the server an administrator. */
  readonly sparing?: 'last_administrator';
}

export interface DisabledUser {
  readonly user: User;
  readonly sessionsEnded: number;
  readonly grantsRevoked: number;
  readonly clientsDisabled: number;
}

/**
 * Shuts a person out: no sign-in, no session, nothing that acts for them any more or may again unasked, and the apps that are theirs switched off until they are
 * enabled. Doing it again finishes what was interrupted. Throws `NotFound`, and with `sparing` `LastAdministrator`.
 */
export class DisableUser {
  constructor(
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly clients: ClientRepository,
    private readonly endAccess: EndAccess,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, user: ref, sparing }: DisableUserInput): Promise<DisabledUser> {
    const user = await namedUser(this.users, ref);
    const now = this.clock.now();
    const disabledAt = user.disabledAt ?? now;

    // First the door, then what is inside: whoever signs in meanwhile is refused or found by what follows.
    await shutOut(this.users, user.id, disabledAt, sparing);
    const sessionsEnded = await this.sessions.endAllOf(user.id, null);
    const { grants: grantsRevoked } = await this.endAccess.execute({ actor, of: { userId: user.id }, reason: 'revoked_by_operator' });
    const clientsDisabled = await this.clients.disableWithOwner(user.id, now);
    return { user: { ...user, disabledAt }, sessionsEnded, grantsRevoked, clientsDisabled };
  }
}
