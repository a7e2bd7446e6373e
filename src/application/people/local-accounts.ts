import { normaliseEmail, type User } from '../../domain/people/user.js';
import type { PasswordHasher } from '../ports/password-hasher.js';
import type { Credentials, UserAuthenticator } from '../ports/user-authenticator.js';
import type { UserRepository } from '../ports/user-repository.js';

/** The way to sign in of those who have nothing else: e-mail addresses and passwords that are kept here. */
export class LocalAccounts implements UserAuthenticator {
  readonly name = 'password';

  constructor(
    private readonly users: UserRepository,
    private readonly hasher: PasswordHasher,
  ) {}

  /** One verification in every case: of nobody's password when there is none to compare with. */
  async authenticate({ email, password, turn }: Credentials): Promise<User | null> {
    const address = normaliseEmail(email);
    const user = address === null ? null : await this.users.findByEmail(address);
    const correct = await this.hasher.verify(user?.passwordHash ?? null, password, turn);
    return user && correct && !user.disabledAt ? user : null;
  }
}
