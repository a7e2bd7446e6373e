import { isLive, type Session, type SessionLifetimes } from '../../domain/people/session.js';
import type { Actor } from '../clients/actor.js';
import type { UserRef } from '../people/named-user.js';
import { userWithinReach } from '../people/user-within-reach.js';
import type { Clock } from '../ports/clock.js';
import type { Page, PageRequest } from '../ports/page.js';
import type { SessionRepository } from '../ports/session-repository.js';
import type { UserRepository } from '../ports/user-repository.js';

export interface ListSessionsInput {
  readonly actor: Actor;
  /** Whose; their own, unless the actor acts for all. */
  readonly user: UserRef;
  readonly page: PageRequest;
}

/** The browsers in which a person is signed in, the latest sign-in first. Throws `NotFound`. */
export class ListSessions {
  constructor(
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly lifetimes: SessionLifetimes,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, user, page }: ListSessionsInput): Promise<Page<Session>> {
    const { id } = await userWithinReach(this.users, actor, user);
    const now = this.clock.now();
    const { items, next } = await this.sessions.listOf(id, now, page);
    return { items: items.filter((session) => isLive(session, this.lifetimes, now)), next };
  }
}
