import type { Actor } from '../clients/actor.js';
import type { ConsentRepository } from '../ports/consent-repository.js';
import type { GrantFilter } from '../ports/grant-repository.js';

export interface ConsentToForget {
  /** Whose word it is; left out: nobody's, something came again that had been used up. */
  readonly actor?: Actor;
  readonly of: GrantFilter;
  /** Those given later stay: they are a newer word than the one that is carried out. */
  readonly givenUntil?: Date | undefined;
}

/**
 * Forgets what people agreed to, so that they are asked before a client is given anything again; answers how many consents.
 */
export class ForgetConsent {
  constructor(private readonly consents: ConsentRepository) {}

  execute({ of, givenUntil }: ConsentToForget): Promise<number> {
    return this.consents.forget(of, givenUntil);
  }
}
