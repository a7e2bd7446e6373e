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

export interface EndedAccess {
  /** How many were revoked. */
  readonly grants: number;
  /** How many were forgotten. */
  readonly consents: number;
}

/**
 * Ends all that a person gave, a client was given, or a client was given by a person, and forgets what was agreed to. The grants come
 * first, so that none goes on while very many consents are forgotten, and last once more: a consent that stood meanwhile may have brought new ones, unasked. What
 * was allowed meanwhile ends with them, and is forgotten as well.
 */
export class EndAccess {
  constructor(
    private readonly grants: Pick<GrantRepository, 'revokeAll'>,
    private readonly forgetConsent: ForgetConsent,
    private readonly clock: Clock,
  ) {}

  async execute({ actor, of, reason }: AccessToEnd): Promise<EndedAccess> {
    const revoke = () => this.grants.revokeAll(of, reason, this.clock.now());
    let [grants, consents] = [await revoke(), 0];
    for (let more = true; more; ) {
      consents += await this.forgetConsent.execute({ actor, of });
      const ended = await revoke();
      grants += ended;
      more = ended > 0;
    }
    return { grants, consents };
  }
}
