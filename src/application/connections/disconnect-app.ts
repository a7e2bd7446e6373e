import type { Person } from '../clients/actor.js';
import type { Clock } from '../ports/clock.js';
import type { GrantRepository } from '../ports/grant-repository.js';
import type { ForgetConsent } from './forget-consent.js';

/**
 * Ends everything that lets an app act for the person who asks, at once, and forgets the consent, which may be all that is left. Doing it again, or to an app that
 * is not there, is no error.
 */
export class DisconnectApp {
  constructor(
    private readonly grants: GrantRepository,
    private readonly forgetConsent: ForgetConsent,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, clientId }: { readonly actor: Person; readonly clientId: string }): Promise<{ readonly grantsRevoked: number }> {
    const of = { userId: actor.id, clientId };
    await this.forgetConsent.execute({ actor, of });
    return { grantsRevoked: await this.grants.revokeAll(of, 'revoked_by_person', this.clock.now()) };
  }
}
