import type { Problem } from '../../domain/errors.js';
import type { CommonPasswords } from '../ports/common-passwords.js';

/** Unicode code points, as NIST SP 800-63B §3.1.1.2 counts a password's length. All of them count: nothing is cut off. */
const length = { least: 8, most: 128 };

/** What a password belongs to, and must not repeat. */
export interface PasswordOwner {
  readonly email: string;
  readonly username?: string | undefined;
}

/** What is wrong with a password that somebody chose: only its length and being the first to be guessed, no rules about kinds of characters. */
export class PasswordRules {
  constructor(private readonly common: CommonPasswords) {}

  problems(password: string, { email, username }: PasswordOwner): Problem[] {
    const problem = (message: string) => [{ field: 'password', message }];
    // Composed first, so that a keyboard that sends letters and accents apart does not count double.
    const count = [...password.normalize('NFC')].length;
    if (/\p{Surrogate}/u.test(password)) return problem('has a broken character');
    if (count < length.least) return problem(`is shorter than ${length.least} characters`);
    if (count > length.most) return problem(`is longer than ${length.most} characters`);
    const folded = fold(password);
    const own = [email, email.split('@')[0], username].flatMap((text) => (text === undefined ? [] : [fold(text)]));
    if (own.includes(folded)) return problem('is your e-mail address or name: choose something that others do not know');
    if (this.common.includes(folded)) return problem('is one of those that are tried first: choose another');
    return [];
  }
}

function fold(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}
