import type { LinkedIdentity } from '../../domain/people/identity.js';
import { isFresh } from '../../domain/people/session.js';
import type { Clock } from '../ports/clock.js';
import type { IdentityRepository } from '../ports/identity-repository.js';
import type { SignedIn } from '../sessions/find-session.js';
import { type NamedIssuer, spellingsOf } from './named-issuer.js';

/** Takes an identity from the signed-in person, who keeps at least one way to sign in that works. `unknown`: they have none like that. */
export class UnlinkIdentity {
  constructor(
    private readonly identities: IdentityRepository,
    private readonly issuers: readonly NamedIssuer[],
    private readonly localAccounts: boolean,
    private readonly clock: Clock,
  ) {}

  async execute({ user, session }: SignedIn, key: Pick<LinkedIdentity, 'issuer' | 'subject'>): Promise<'unlinked' | 'last_way' | 'unknown' | 'sign_in_first'> {
    if (!isFresh(session, this.clock.now())) return 'sign_in_first';
    return this.identities.unlink(user.id, key, { password: this.localAccounts, issuers: this.issuers.flatMap(spellingsOf) });
  }
}
