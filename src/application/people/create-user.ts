import { InvalidInput, LocalAccountsOff, type Problem } from '../../domain/errors.js';
import { normaliseEmail, type User } from '../../domain/people/user.js';
import { uuid7 } from '../../domain/tokens/uuid7.js';
import type { PasswordRules } from '../accounts/password-rules.js';
import type { Actor } from '../clients/actor.js';
import type { Clock } from '../ports/clock.js';
import type { PasswordHasher } from '../ports/password-hasher.js';
import type { UserRepository } from '../ports/user-repository.js';

export interface NewUser {
  readonly actor: Actor;
  readonly email: string;
  readonly password: string;
  /** The part of the e-mail address before the @ when left out. */
  readonly username?: string | undefined;
  readonly admin?: boolean | undefined;
}

const longestUsername = 100;

/** Adds a person who can sign in with a password. Throws `InvalidInput` with every problem at its field, `LocalAccountsOff` where no password is kept. */
export class CreateUser {
  constructor(
    private readonly users: UserRepository,
    private readonly passwords: PasswordHasher,
    private readonly rules: PasswordRules,
    private readonly localAccounts: boolean,
    private readonly clock: Clock,
  ) {}

  async execute(input: NewUser): Promise<User> {
    if (!this.localAccounts) throw new LocalAccountsOff();
    const email = normaliseEmail(input.email);
    const username = (input.username ?? email?.split('@')[0] ?? '').trim();
    const problems = [
      ...(email === null ? [{ field: 'email', message: 'is not an e-mail address' }] : []),
      ...usernameProblems(input.username === undefined ? null : username),
      ...this.rules.problems(input.password, { email: email ?? '', username: input.username }),
    ];
    if (email === null || problems.length > 0) throw new InvalidInput(problems);

    const now = this.clock.now();
    const passwordHash = await this.passwords.hash(input.password);
    const user: User = { id: uuid7(now), email, username, passwordHash, admin: input.admin ?? false, createdAt: now, disabledAt: null };
    const outcome = await this.users.add(user);
    if (outcome === 'email_taken') throw new InvalidInput([{ field: 'email', message: 'belongs to another person already' }]);
    return user;
  }
}

function usernameProblems(username: string | null): Problem[] {
  if (username === null) return [];
  if (username === '') return [{ field: 'username', message: 'is empty' }];
  if ([...username].length > longestUsername) return [{ field: 'username', message: `is longer than ${longestUsername} characters` }];
  return /\p{Cc}/u.test(username) ? [{ field: 'username', message: 'has a control character' }] : [];
}
