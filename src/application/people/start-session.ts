import { later } from '../../domain/moments.js';
import { sessionLifetime } from '../../domain/people/session.js';
import type { User } from '../../domain/people/user.js';
import { mintToken } from '../../domain/tokens/opaque-token.js';
import type { Clock } from '../ports/clock.js';
import type { SessionRepository } from '../ports/session-repository.js';
import type { SignOut } from './sign-out.js';

export interface StartSessionInput {
  /** Who they are was proved just now. */
  readonly user: User;
  /** The session this browser had before, if any; it ends, so that a planted one is worth nothing afterwards. */
  readonly earlierSession: string | null;
}

export interface NewSession {
  readonly token: string;
  readonly expiresAt: Date;
}

/** Starts a session with a new id, whichever way the person signed in. */
export class StartSession {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly signOut: SignOut,
    private readonly clock: Clock,
  ) {}

  async execute({ user, earlierSession }: StartSessionInput): Promise<NewSession> {
    const now = this.clock.now();
    const { id, token, digest } = mintToken('se', now);
    const expiresAt = later(now, sessionLifetime);
    await this.sessions.add({ id, digest, userId: user.id, authenticatedAt: now, expiresAt });
    if (earlierSession !== null) await this.signOut.execute(earlierSession);
    return { token, expiresAt };
  }
}
