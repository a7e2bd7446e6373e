import type { AccountLink } from '../../domain/accounts/account-link.js';
import { matchesDigest, parseTokenOf } from '../../domain/tokens/opaque-token.js';
import type { Clock } from '../ports/clock.js';
import type { PasswordRepository } from '../ports/password-repository.js';

/** The link that a token opens; `null` when it is unknown, used, replaced or over. Looking at it does not use it: mail is read by machines first. */
export class FindLink {
  constructor(
    private readonly passwords: PasswordRepository,
    private readonly clock: Clock,
  ) {}

  async execute(token: string): Promise<AccountLink | null> {
    const presented = parseTokenOf('al', token);
    const link = presented && (await this.passwords.findLink(presented.id));
    return link && matchesDigest(presented, link.digest) && link.expiresAt > this.clock.now() ? link : null;
  }
}
