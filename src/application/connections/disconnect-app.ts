import type { Person } from '../clients/actor.js';
import type { Clock } from '../ports/clock.js';
import type { ConsentRepository } from '../ports/consent-repository.js';
import type { GrantRepository } from '../ports/grant-repository.js';

/** Ends everything that lets an app act for the person who asks, at once, and forgets the consent. Doing it again, or to an app that is not there, is no error. */
export class DisconnectApp {
  constructor(
    private readonly grants: GrantRepository,
    private readonly consents: ConsentRepository,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, clientId }: { readonly actor: Person; readonly clientId: string }): Promise<{ readonly grantsRevoked: number }> {
    // First the consent: under it the app could be given a new grant, unasked, while the old ones end.
    await this.consents.withdraw(actor.id, clientId);
    return { grantsRevoked: await this.grants.revokeAll({ userId: actor.id, clientId }, 'revoked_by_person', this.clock.now()) };
  }
}
