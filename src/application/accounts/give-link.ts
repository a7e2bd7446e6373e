import { linkLifetimes } from '../../domain/accounts/account-link.js';
import { LocalAccountsOff } from '../../domain/errors.js';
import { later } from '../../domain/moments.js';
import type { User } from '../../domain/people/user.js';
import { mintToken } from '../../domain/tokens/opaque-token.js';
import { namedUser, type UserRef } from '../people/named-user.js';
import type { Clock } from '../ports/clock.js';
import type { PasswordRepository } from '../ports/password-repository.js';
import type { UserRepository } from '../ports/user-repository.js';
import { linkAddress } from './link-address.js';

export interface GivenLink {
  readonly user: User;
  /** Where it leads; shown this once. */
  readonly address: string;
  readonly expiresAt: Date;
}

/** Makes a link by which a person chooses a new password, for an operator to hand over. Throws `NotFound`, and `LocalAccountsOff` where no password is kept. */
export class GiveLink {
  constructor(
    private readonly users: UserRepository,
    private readonly passwords: PasswordRepository,
    private readonly issuer: string,
    private readonly localAccounts: boolean,
    private readonly clock: Clock,
  ) {}

  async execute(ref: UserRef): Promise<GivenLink> {
    if (!this.localAccounts) throw new LocalAccountsOff();
    const user = await namedUser(this.users, ref);
    const now = this.clock.now();
    const { id, token, digest } = mintToken('al', now);
    const expiresAt = later(now, linkLifetimes.handedOver);
    await this.passwords.keepLink({ id, digest, email: user.email, userId: user.id, requestId: null, expiresAt });
    return { user, address: linkAddress(this.issuer, token), expiresAt };
  }
}
