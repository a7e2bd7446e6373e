import type { Person } from '../clients/actor.js';
import type { EndAccess } from './end-access.js';

/**
 * Ends everything that lets an app act for the person who asks, at once, and forgets the consent, which may be all that is left. Doing it again, or to an app that
 * is not there, is no error.
 */
export class DisconnectApp {
  constructor(private readonly endAccess: EndAccess) {}

  async execute({ actor, clientId }: { readonly actor: Person; readonly clientId: string }): Promise<{ readonly grantsRevoked: number }> {
    const { grants } = await this.endAccess.execute({ actor, of: { userId: actor.id, clientId }, reason: 'revoked_by_person' });
    return { grantsRevoked: grants };
  }
}
