import { InvalidInput } from '../../domain/errors.js';
import type { User } from '../../domain/people/user.js';
import type { Attempts } from '../attempts/attempts.js';
import { budgets } from '../attempts/budgets.js';
import type { PasswordHasher } from '../ports/password-hasher.js';
import type { PasswordRepository } from '../ports/password-repository.js';
import type { PasswordRules } from './password-rules.js';

export interface ChangePasswordInput {
  readonly person: User;
  /** The session in which they do it; all others end. */
  readonly session: string;
  readonly current: string;
  readonly password: string;
}

/** Changes a person's own password. Throws `InvalidInput` with what is wrong at its field, or `TooManyAttempts` at guessing the current one. */
export class ChangePassword {
  constructor(
    private readonly passwords: PasswordRepository,
    private readonly hasher: PasswordHasher,
    private readonly rules: PasswordRules,
    private readonly attempts: Attempts,
  ) {}

  async execute({ person, session, current, password }: ChangePasswordInput): Promise<void> {
    const from = person.passwordHash;
    const turn = { of: person.id, known: true };
    const charges = [{ budget: budgets.currentPassword, subject: person.id }];
    // Whoever sits at somebody's open browser must not guess the password there.
    const right = await this.attempts.countFailures(charges, async () => ((await this.hasher.verify(from, current, turn)) ? true : null));
    const problems = [
      ...(right === null ? [{ field: 'current', message: 'is not your current password' }] : []),
      ...this.rules.problems(password, person),
      ...(password === current ? [{ field: 'password', message: 'is the same as before' }] : []),
    ];
    if (from === null || problems.length > 0) throw new InvalidInput(problems);

    const to = await this.hasher.hash(password, turn);
    const outcome = await this.passwords.change({ userId: person.id, from, to, exceptSession: session });
    if (outcome === 'outdated') throw new InvalidInput([{ field: 'current', message: 'was changed elsewhere a moment ago' }]);
  }
}
