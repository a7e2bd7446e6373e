import { normaliseEmail } from '../../domain/people/user.js';
import type { PasswordHasher } from '../ports/password-hasher.js';
import type { UserRepository } from '../ports/user-repository.js';
import type { NewSession, StartSession, StartSessionInput } from './start-session.js';

export interface SignInInput extends Omit<StartSessionInput, 'user'> {
  readonly email: string;
  readonly password: string;
}

/**
 * Checks e-mail and password and starts a session. `null` for every reason alike: unknown, disabled, without a password, wrong password — after the
 * same amount of work.
 */
export class SignIn {
  constructor(
    private readonly users: UserRepository,
    private readonly hasher: PasswordHasher,
    private readonly startSession: StartSession,
  ) {}

  async execute({ email, password, ...session }: SignInInput): Promise<NewSession | null> {
    const address = normaliseEmail(email);
    const user = address === null ? null : await this.users.findByEmail(address);
    const correct = await this.hasher.verify(user?.passwordHash ?? null, password);
    if (!user || !correct || user.disabledAt) return null;
    return this.startSession.execute({ user, ...session });
  }
}
