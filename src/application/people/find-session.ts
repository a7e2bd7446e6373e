import type { Session } from '../../domain/people/session.js';
import type { User } from '../../domain/people/user.js';
import { matchesDigest, parseTokenOf } from '../../domain/tokens/opaque-token.js';
import type { Clock } from '../ports/clock.js';
import type { SessionRepository } from '../ports/session-repository.js';
import type { UserRepository } from '../ports/user-repository.js';

/** A person and the session in which they are signed in. */
export interface SignedIn {
  readonly session: Session;
  readonly user: User;
}

/** Who is signed in in this browser? `null` when the session is unknown, ended or expired, or its person disabled. */
export class FindSession {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly users: UserRepository,
    private readonly clock: Clock,
  ) {}

  async execute(token: string): Promise<SignedIn | null> {
    const presented = parseTokenOf('se', token);
    if (!presented) return null;
    const session = await this.sessions.find(presented.id);
    if (!session || !matchesDigest(presented, session.digest) || session.expiresAt <= this.clock.now()) return null;
    const user = await this.users.find(session.userId);
    return user && !user.disabledAt ? { session, user } : null;
  }
}
