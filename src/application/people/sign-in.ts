import { later } from '../../domain/moments.js';
import { sessionLifetime } from '../../domain/people/session.js';
import { normaliseEmail } from '../../domain/people/user.js';
import { mintToken } from '../../domain/tokens/opaque-token.js';
import type { Clock } from '../ports/clock.js';
import type { PasswordHasher } from '../ports/password-hasher.js';
import type { SessionRepository } from '../ports/session-repository.js';
import type { UserRepository } from '../ports/user-repository.js';
import type { SignOut } from './sign-out.js';

export interface SignInInput {
  readonly email: string;
  readonly password: string;
  /** The session this browser had before, if any; it ends, so that a planted one is worth nothing afterwards. */
  readonly earlierSession: string | null;
}

export interface NewSession {
  readonly token: string;
  readonly expiresAt: Date;
}

/**
 * Checks e-mail and password and starts a session with a new id. `null` for every reason alike: unknown, disabled, without a password, wrong
 * password — after the same amount of work.
 */
export class SignIn {
  constructor(
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly signOut: SignOut,
    private readonly hasher: PasswordHasher,
    private readonly clock: Clock,
  ) {}

  async execute({ email, password, earlierSession }: SignInInput): Promise<NewSession | null> {
    const address = normaliseEmail(email);
    const user = address === null ? null : await this.users.findByEmail(address);
    const correct = await this.hasher.verify(user?.passwordHash ?? null, password);
    if (!user || !correct || user.disabledAt) return null;

    const now = this.clock.now();
    const { id, token, digest } = mintToken('se', now);
    const expiresAt = later(now, sessionLifetime);
    await this.sessions.add({ id, digest, userId: user.id, authenticatedAt: now, expiresAt });
    if (earlierSession !== null) await this.signOut.execute(earlierSession);
    return { token, expiresAt };
  }
}
