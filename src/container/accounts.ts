import { AfterTheAnswer } from '../application/accounts/after-the-answer.js';
import { AskForLink } from '../application/accounts/ask-for-link.js';
import { ChangePassword } from '../application/accounts/change-password.js';
import { ChoosePassword } from '../application/accounts/choose-password.js';
import { FindLink } from '../application/accounts/find-link.js';
import { GiveLink } from '../application/accounts/give-link.js';
import { PasswordRules } from '../application/accounts/password-rules.js';
import { Attempts } from '../application/attempts/attempts.js';
import { SignInAttempts } from '../application/attempts/sign-in-attempts.js';
import { CommonPasswordList } from '../infrastructure/crypto/common-password-list.js';
import { ports } from './ports.js';
import type { Given, Provide } from './provide.js';

export function provideAccounts(provide: Provide, { config: { issuer, localAccounts }, mailer }: Given): void {
  provide(AfterTheAnswer, () => new AfterTheAnswer());
  provide(PasswordRules, () => new PasswordRules(new CommonPasswordList()));
  provide(FindLink, (get) => new FindLink(get(ports.passwords), get(ports.clock)));
  provide(GiveLink, (get) => new GiveLink(get(ports.users), get(ports.passwords), issuer, localAccounts, get(ports.clock)));
  provide(
    AskForLink,
    (get) => new AskForLink(get(ports.users), get(ports.passwords), mailer, get(Attempts), get(ports.attempts), get(AfterTheAnswer), issuer, get(ports.clock)),
  );
  provide(
    ChoosePassword,
    (get) => new ChoosePassword(get(FindLink), get(ports.passwords), get(ports.passwordHasher), get(PasswordRules), get(SignInAttempts), get(ports.clock)),
  );
  provide(ChangePassword, (get) => new ChangePassword(get(ports.passwords), get(ports.passwordHasher), get(PasswordRules), get(Attempts)));
}
