import type { Actor } from '../clients/actor.js';
import type { SessionRepository } from '../ports/session-repository.js';

export interface EndOtherSessionsInput {
  readonly actor: Actor;
  readonly userId: string;
  /** The session that stays, by its id; `null`: none does. */
  readonly except: string | null;
}

/** Signs a person out of every browser but one: because they ask for it, or because their password changed. Answers how many that were. */
export class EndOtherSessions {
  constructor(private readonly sessions: SessionRepository) {}

  execute({ userId, except }: EndOtherSessionsInput): Promise<number> {
    return this.sessions.endAllOf(userId, except);
  }
}
