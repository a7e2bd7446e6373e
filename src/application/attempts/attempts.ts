import { TooManyAttempts } from '../../domain/errors.js';
import type { AttemptBudget, AttemptLimiter } from '../ports/attempt-limiter.js';

/** A budget and whose it is. */
export interface Charge {
  readonly budget: AttemptBudget;
  readonly subject: string;
}

/** Lets attempts through while their budgets last. */
export class Attempts {
  constructor(private readonly limiter: AttemptLimiter) {}

  /** Counts one attempt against every budget. Throws `TooManyAttempts` when one of them is spent; the others are charged all the same. */
  async count(charges: readonly Charge[]): Promise<void> {
    const takings = await Promise.all(charges.map(({ budget, subject }) => this.limiter.take(budget, subject)));
    const waits = takings.flatMap((taking) => (taking.outcome === 'exhausted' ? [taking.retryAfter] : []));
    if (waits.length > 0) throw new TooManyAttempts(Math.max(...waits));
  }

  /** Does what counts only when it fails: answers `null`. Counted before it is done, so that those who come at once cannot all slip through. */
  async countFailures<T>(charges: readonly Charge[], attempt: () => Promise<T | null>): Promise<T | null> {
    await this.count(charges);
    let failed = false;
    try {
      const result = await attempt();
      failed = result === null;
      return result;
    } finally {
      // Also what was not tried, because of an error, did not fail.
      if (!failed) this.giveBack(charges);
    }
  }

  /** Nobody waits for it: should the store be away, an attempt too many is counted for a while. */
  private giveBack(charges: readonly Charge[]): void {
    for (const { budget, subject } of charges) this.limiter.giveBack(budget, subject).catch(() => {});
  }
}
