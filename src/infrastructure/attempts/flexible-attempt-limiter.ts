import { createHash } from 'node:crypto';
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import type { AttemptBudget, AttemptLimiter, Taking } from '../../application/ports/attempt-limiter.js';

/** Attempts by rate-limiter-flexible; `make` chooses where it counts. */
export class FlexibleAttemptLimiter implements AttemptLimiter {
  private readonly limiters = new Map<string, RateLimiterAbstract>();

  constructor(private readonly make: (budget: AttemptBudget) => RateLimiterAbstract) {}

  async take(budget: AttemptBudget, subject: string): Promise<Taking> {
    try {
      await this.limiter(budget).consume(keyOf(subject));
      return { outcome: 'taken' };
    } catch (refusal) {
      // The library rejects with the count when the budget is spent, with an error when its store fails.
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      return { outcome: 'exhausted', retryAfter: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)) };
    }
  }

  async giveBack(budget: AttemptBudget, subject: string): Promise<void> {
    await this.limiter(budget).reward(keyOf(subject));
  }

  private limiter(budget: AttemptBudget): RateLimiterAbstract {
    const known = this.limiters.get(budget.name);
    if (known) return known;
    const made = this.make(budget);
    this.limiters.set(budget.name, made);
    return made;
  }
}

/** Not the subject itself: people type passwords into the field for the address. */
function keyOf(subject: string): string {
  return createHash('sha256').update(subject).digest('base64url');
}
