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

/** Once what stood is forgotten, only people who allow anew bring more, or a client that asks nobody, which may never cease to. */
const mostRounds = 3;

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
    const forget = (givenUntil?: Date) => this.forgetConsent.execute({ actor, of, givenUntil });
    let [grants, consents] = [await revoke(), 0];
    for (let round = 1; round <= mostRounds; round += 1) {
      consents += await forget();
      const ended = await revoke();
      grants += ended;
      if (ended === 0) return { grants, consents };
    }
    // What was agreed to with those that ended last; a newer word stands.
    consents += await forget(this.clock.now());
    return { grants, consents };
  }
}
