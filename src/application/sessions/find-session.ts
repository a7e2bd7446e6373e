import { later } from '../../domain/moments.js';
import { isLive, type Session, type SessionLifetimes, sessionEnd, touchInterval } from '../../domain/people/session.js';
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

/**
 * Who is signed in in this browser? `null` when the session is unknown, ended or expired, or its person disabled or deleted: asked anew each time,
 * so that what ended on one instance has ended on all. Being here keeps a session from idling out; that is written down once in a while.
 */
export class FindSession {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly users: UserRepository,
    private readonly lifetimes: SessionLifetimes,
    private readonly clock: Clock,
  ) {}

  async execute(token: string): Promise<SignedIn | null> {
    const presented = parseTokenOf('se', token);
    if (!presented) return null;
    const now = this.clock.now();
    const session = await this.sessions.find(presented.id);
    if (!session || !matchesDigest(presented, session.digest) || !isLive(session, this.lifetimes, now)) return null;
    const user = await this.users.find(session.userId);
    if (!user || user.disabledAt) return null;
    return { session: await this.touched(session, now), user };
  }

  private async touched(session: Session, now: Date): Promise<Session> {
    if (now < later(session.lastSeenAt, touchInterval(this.lifetimes))) return session;
    const seen = { ...session, lastSeenAt: now };
    const expiresAt = sessionEnd(seen, this.lifetimes);
    await this.sessions.touch(session.id, now, expiresAt);
    return { ...seen, expiresAt };
  }
}
