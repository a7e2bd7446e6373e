import { consentUnder, type EndReason, type Grant } from '../../domain/authorization/grant.js';
import { NotFound } from '../../domain/errors.js';
import { type Actor, actsForAll, owns, personOf } from '../clients/actor.js';
import type { ClientRepository } from '../ports/client-repository.js';
import type { Clock } from '../ports/clock.js';
import type { GrantRepository } from '../ports/grant-repository.js';
import type { ForgetConsent } from './forget-consent.js';

/**
 * Ends one grant and every token that descends from it: a person's own, one of the actor's own client, or any for whoever acts for all; who is several of these
 * counts as the first. The person is asked before the client is given another, unless it was the client's own side that put it back. Throws `NotFound`, also for
 * those of others, so that ids cannot be probed. `already`: it had ended before.
 */
export class RevokeGrant {
  constructor(
    private readonly grants: GrantRepository,
    private readonly clients: ClientRepository,
    private readonly forgetConsent: ForgetConsent,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, grantId }: { readonly actor: Actor; readonly grantId: string }): Promise<{ readonly already: boolean }> {
    const grant = await this.grants.find(grantId);
    const reason = grant && (await this.reasonOf(actor, grant));
    if (grant === null || reason === null) throw new NotFound('grant');
    const revoked = await this.grants.revoke(grantId, reason, this.clock.now());
    if (reason !== 'revoked_by_client') await this.forgetConsent.execute({ actor, ...consentUnder(grant) });
    return { already: !revoked };
  }

  private async reasonOf(actor: Actor, grant: Grant): Promise<EndReason | null> {
    if (personOf(actor) === grant.userId) return 'revoked_by_person';
    const client = await this.clients.find(grant.clientId);
    if (client !== null && owns(actor, client)) return 'revoked_by_client';
    return actsForAll(actor) ? 'revoked_by_operator' : null;
  }
}
