import { earlier } from '../../domain/moments.js';
import { browserName } from '../../domain/people/browser-name.js';
import { absoluteEnd, type SessionLifetimes, sessionEnd } from '../../domain/people/session.js';
import type { User } from '../../domain/people/user.js';
import { mintToken } from '../../domain/tokens/opaque-token.js';
import type { Clock } from '../ports/clock.js';
import type { SessionRepository } from '../ports/session-repository.js';
import type { SignOut } from './sign-out.js';

/** What is known of the browser in which a person signs in. */
export interface SigningInBrowser {
  /** The address it came from. */
  readonly from: string | null;
  /** Its `User-Agent` header as it came. */
  readonly userAgent: string | null;
  /** The session it had before, if any; it ends, so that a planted one is worth nothing afterwards. */
  readonly earlierSession: string | null;
}

export interface StartSessionInput extends SigningInBrowser {
  /** Who they are was proved just now. */
  readonly user: User;
  /** How: `password`, or a name that the way of signing in gives itself, such as `provider:google`. */
  readonly method: string;
  /** The password hash that was verified, where it was one: a session never outlives a change of the password that it was begun with. */
  readonly passwordHash?: string | undefined;
  /** When it was proved, where another server did so earlier; left out: now. One to come counts as now. */
  readonly authenticatedAt?: Date;
}

export interface NewSession {
  readonly id: string;
  readonly token: string;
  /** The latest moment at which it ends: how long the browser may keep it. */
  readonly expiresAt: Date;
}

/** Starts a session with a new id, whichever way the person signed in. `null`: meanwhile they were disabled or deleted, or their password changed, and nothing changed here. */
export class StartSession {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly signOut: SignOut,
    private readonly lifetimes: SessionLifetimes,
    private readonly clock: Clock,
  ) {}

  async execute({ user, method, from, userAgent, earlierSession, authenticatedAt, passwordHash }: StartSessionInput): Promise<NewSession | null> {
    const now = this.clock.now();
    const { id, token, digest } = mintToken('se', now);
    const moments = { createdAt: now, authenticatedAt: earlier(now, authenticatedAt ?? null), lastSeenAt: now };
    const expiresAt = sessionEnd(moments, this.lifetimes);
    const session = { id, digest, userId: user.id, method, from, browser: browserName(userAgent), ...moments, expiresAt };
    const added = await this.sessions.add(session, passwordHash);
    if (!added) return null;
    if (earlierSession !== null) await this.signOut.execute(earlierSession);
    return { id, token, expiresAt: absoluteEnd(moments, this.lifetimes) };
  }
}
