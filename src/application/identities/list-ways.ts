import type { LinkedIdentity } from '../../domain/people/identity.js';
import type { User } from '../../domain/people/user.js';
import type { IdentityRepository } from '../ports/identity-repository.js';
import { type NamedIssuer, spellingsOf } from './named-issuer.js';

export interface LinkedWay extends LinkedIdentity {
  /** What people know its issuer as; `null`: configuration names it no more, and nobody signs in by it. */
  readonly name: string | null;
}

export interface Ways {
  /** Whether they sign in with a password that is kept here. */
  readonly password: boolean;
  /** The oldest link first. */
  readonly linked: readonly LinkedWay[];
}

/** How can a person sign in? */
export class ListWays {
  constructor(
    private readonly identities: IdentityRepository,
    private readonly issuers: readonly NamedIssuer[],
    private readonly localAccounts: boolean,
  ) {}

  async execute({ id, passwordHash }: User): Promise<Ways> {
    const nameOf = ({ issuer }: LinkedIdentity) => this.issuers.find((one) => spellingsOf(one).includes(issuer))?.name ?? null;
    const linked = (await this.identities.listOf(id)).map((identity) => ({ ...identity, name: nameOf(identity) }));
    return { password: this.localAccounts && passwordHash !== null, linked };
  }
}
