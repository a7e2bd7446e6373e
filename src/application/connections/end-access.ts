import type { EndReason } from '../../domain/authorization/grant.js';
import type { Actor } from '../clients/actor.js';
import type { Clock } from '../ports/clock.js';
import type { GrantFilter, GrantRepository } from '../ports/grant-repository.js';
import type { ForgetConsent } from './forget-consent.js';

export interface AccessToEnd {
  readonly actor: Actor;
  readonly of: GrantFilter;
  readonly reason: EndReason;
}

/**
 * Ends all that a person gave, a client was given, or a client was given by a person, and forgets what was agreed to; answers how many grants ended. The grants come
 * first, so that none goes on while very many consents are forgotten, and last once more: a consent that stood meanwhile may have brought new ones, unasked. What
 * was allowed meanwhile ends with them, and is forgotten as well.
 */
export class EndAccess {
  constructor(
    private readonly grants: Pick<GrantRepository, 'revokeAll'>,
    private readonly forgetConsent: ForgetConsent,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, of, reason }: AccessToEnd): Promise<number> {
    const revoke = () => this.grants.revokeAll(of, reason, this.clock.now());
    let total = await revoke();
    for (let more = true; more; ) {
      await this.forgetConsent.execute({ actor, of });
      const ended = await revoke();
      total += ended;
      more = ended > 0;
    }
    return total;
  }
}
