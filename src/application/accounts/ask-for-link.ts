import { linkLifetimes } from '../../domain/accounts/account-link.js';
import { addressBlock } from '../../domain/address-block.js';
import { InvalidInput } from '../../domain/errors.js';
import { later } from '../../domain/moments.js';
import { normaliseEmail } from '../../domain/people/user.js';
import { mintToken } from '../../domain/tokens/opaque-token.js';
import type { Attempts } from '../attempts/attempts.js';
import { budgets } from '../attempts/budgets.js';
import type { AttemptLimiter } from '../ports/attempt-limiter.js';
import type { Clock } from '../ports/clock.js';
import type { Mail, Mailer } from '../ports/mailer.js';
import type { PasswordRepository } from '../ports/password-repository.js';
import type { UserRepository } from '../ports/user-repository.js';
import type { AfterTheAnswer } from './after-the-answer.js';
import { linkAddress } from './link-address.js';
import { mails } from './mails.js';

export interface AskForLinkInput {
  readonly email: string;
  /** `reset`: for somebody who has an account; `register`: for somebody who wants one. */
  readonly reason: 'reset' | 'register';
  /** The network address. */
  readonly from: string;
  readonly requestId: string | null;
}

/**
 * Mails a link by which to choose a password. Whoever asks learns nothing: whether somebody has the address is looked up after the answer, and only the mail
 * says it. Throws `InvalidInput`, or `TooManyAttempts` when too much was asked from one network address.
 */
export class AskForLink {
  constructor(
    private readonly users: UserRepository,
    private readonly passwords: PasswordRepository,
    private readonly mailer: Mailer | null,
    private readonly attempts: Attempts,
    private readonly limiter: AttemptLimiter,
    private readonly afterTheAnswer: AfterTheAnswer,
    private readonly issuer: string,
    private readonly clock: Clock,
  ) {}

  /** Is there a way to send what is asked for? */
  get possible(): boolean {
    return this.mailer !== null;
  }

  async execute({ email: typed, reason, from, requestId }: AskForLinkInput): Promise<void> {
    const email = normaliseEmail(typed);
    if (email === null) throw new InvalidInput([{ field: 'email', message: 'is not an e-mail address' }]);
    await this.attempts.count([{ budget: budgets.linksFrom, subject: addressBlock(from) }]);
    this.afterTheAnswer.do(() => this.send(email, reason, requestId));
  }

  private async send(email: string, reason: AskForLinkInput['reason'], requestId: string | null): Promise<void> {
    // Nobody's mailbox is filled; who asks is not told.
    const { outcome } = await this.limiter.take(budgets.linksTo, email);
    if (outcome === 'exhausted') return;
    const mail = await this.mailFor(email, reason, requestId);
    if (mail) await this.mailer?.send(mail);
  }

  private async mailFor(email: string, reason: AskForLinkInput['reason'], requestId: string | null): Promise<Mail | null> {
    const user = await this.users.findByEmail(email);
    if (user?.disabledAt) return null;
    if (user && reason === 'register') return mails.hasAccount({ to: email, issuer: this.issuer });
    if (!user && reason === 'reset') return mails.hasNoAccount({ to: email, issuer: this.issuer });
    const now = this.clock.now();
    const { id, token, digest } = mintToken('al', now);
    await this.passwords.keepLink({ id, digest, email, userId: user?.id ?? null, requestId, expiresAt: later(now, linkLifetimes.mailed) });
    return mails.link({ to: email, issuer: this.issuer, link: linkAddress(this.issuer, token), isNew: user === null });
  }
}
