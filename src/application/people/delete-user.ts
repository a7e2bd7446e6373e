import type { Actor } from '../clients/actor.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { Clock } from '../ports/clock.js';
import type { GrantRepository } from '../ports/grant-repository.js';
import type { SessionRepository } from '../ports/session-repository.js';
import type { UserRepository } from '../ports/user-repository.js';
import { namedUser, type UserRef } from './named-user.js';
import { shutOut } from './shut-out.js';

export interface DeleteUserInput {
  readonly actor: Actor;
  readonly user: UserRef;
  readonly reason: 'revoked_by_operator' | 'revoked_by_person';
  /** Leave the server an administrator. */
  readonly sparing?: 'last_administrator';
}

export interface DeletedUser {
  readonly id: string;
  readonly email: string;
  readonly sessionsEnded: number;
  readonly grantsRevoked: number;
  readonly clientsRemoved: number;
}

const clientsAtATime = 100;

/**
 * Forgets a person and ends everything of theirs: sessions, what acts for them, and the clients they registered, for which nobody would answer any more.
 * Stopped halfway the person is shut out, and doing it again finishes it. Throws `NotFound`, and with
 * `sparing` `LastAdministrator`.
 */
export class DeleteUser {
  constructor(
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly grants: GrantRepository,
    private readonly clients: ClientRepository,
    private readonly clock: Clock,
  ) {}

  async execute({ user: ref, reason, sparing }: DeleteUserInput): Promise<DeletedUser> {
    const user = await namedUser(this.users, ref);
    const now = this.clock.now();

    // First the door, then what is inside, and the name last: by it a second attempt finds what is left to do.
    await shutOut(this.users, user.id, user.disabledAt ?? now, sparing);
    const sessionsEnded = await this.sessions.endAllOf(user.id, null);
    const grantsRevoked = await this.grants.revokeAll({ userId: user.id }, reason, now);
    const clientsRemoved = await this.removeClientsOf(user.id, now);
    await this.users.remove(user.id, now);
    return { id: user.id, email: user.email, sessionsEnded, grantsRevoked, clientsRemoved };
  }

  private async removeClientsOf(ownerId: string, now: Date): Promise<number> {
    let removed = 0;
    for (;;) {
      const { items, next } = await this.clients.list({ ownerId }, { limit: clientsAtATime });
      for (const { id } of items) if (await this.clients.remove(id, now)) removed += 1;
      if (next === null) return removed;
    }
  }
}
