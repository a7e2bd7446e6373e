import { NotFound } from '../../domain/errors.js';
import type { Actor } from '../clients/actor.js';
import type { UserRef } from '../people/named-user.js';
import { userWithinReach } from '../people/user-within-reach.js';
import type { SessionRepository } from '../ports/session-repository.js';
import type { UserRepository } from '../ports/user-repository.js';

export interface EndSessionInput {
  readonly actor: Actor;
  /** Whose; their own, unless the actor acts for all. */
  readonly user: UserRef;
  readonly sessionId: string;
}

/** Signs a person out of one browser, from wherever they or an administrator are. Throws `NotFound`. */
export class EndSession {
  constructor(
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
  ) {}

  async execute({ actor, user, sessionId }: EndSessionInput): Promise<void> {
    const { id } = await userWithinReach(this.users, actor, user);
    if (!(await this.sessions.endOneOf(id, sessionId))) throw new NotFound('session');
  }
}
