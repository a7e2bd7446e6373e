import type { AccountLink } from '../../domain/accounts/account-link.js';
import { InvalidInput } from '../../domain/errors.js';
import { uuid7 } from '../../domain/tokens/uuid7.js';
import type { DeviceToken } from '../attempts/known-devices.js';
import type { SignInAttempts } from '../attempts/sign-in-attempts.js';
import type { Clock } from '../ports/clock.js';
import type { PasswordHasher } from '../ports/password-hasher.js';
import type { PasswordRepository } from '../ports/password-repository.js';
import type { FindLink } from './find-link.js';
import type { PasswordRules } from './password-rules.js';

export interface ChoosePasswordInput {
  readonly token: string;
  readonly password: string;
  /** The network address. */
  readonly from: string;
}

export type ChosenPassword =
  /** The browser counts as known from now on: whoever reads the mail of the account is the person. */
  { readonly outcome: 'chosen'; readonly link: AccountLink; readonly userId: string; readonly device: DeviceToken } | { readonly outcome: 'link_spent' };

/** Sets the password that somebody chose at a link; of a link for a new address, makes the account. Throws `InvalidInput`. */
export class ChoosePassword {
  constructor(
    private readonly findLink: FindLink,
    private readonly passwords: PasswordRepository,
    private readonly hasher: PasswordHasher,
    private readonly rules: PasswordRules,
    private readonly signInAttempts: SignInAttempts,
    private readonly clock: Clock,
  ) {}

  async execute({ token, password, from }: ChoosePasswordInput): Promise<ChosenPassword> {
    const link = await this.findLink.execute(token);
    if (!link) return { outcome: 'link_spent' };
    const problems = this.rules.problems(password, link);
    if (problems.length > 0) throw new InvalidInput(problems);

    const passwordHash = await this.hasher.hash(password, { of: from, known: true });
    const userId = link.userId ?? uuid7(this.clock.now());
    const outcome = link.userId === null ? await this.add(link, userId, passwordHash) : await this.passwords.setByLink(link.id, passwordHash);
    if (outcome !== 'set' && outcome !== 'added') return { outcome: 'link_spent' };
    return { outcome: 'chosen', link, userId, device: this.signInAttempts.remember(link.email) };
  }

  private add({ id, email }: AccountLink, userId: string, passwordHash: string) {
    const username = email.split('@')[0] as string;
    return this.passwords.addByLink(id, { id: userId, email, username, passwordHash, admin: false, createdAt: this.clock.now(), disabledAt: null });
  }
}
