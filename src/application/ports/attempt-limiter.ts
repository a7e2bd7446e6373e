/** How often something may be tried. */
export interface AttemptBudget {
  /** Unique among budgets; part of the key under which attempts are counted. */
  readonly name: string;
  readonly attempts: number;
  /** From the first attempt on; after that the count starts anew. */
  readonly seconds: number;
}

/** `exhausted`: the budget was spent before this attempt; it is whole again after so many seconds, rounded up, at least 1. */
export type Taking = { readonly outcome: 'taken' } | { readonly outcome: 'exhausted'; readonly retryAfter: number };

/** Counts attempts, for all instances together. Any verb may throw `StorageUnavailable`; nothing may be let through on that account. */
export interface AttemptLimiter {
  /**
   * Takes one attempt out of the subject's budget, in one atomic step: of any number of calls at once no more than `attempts` are `taken`. One that is
   * `exhausted` is counted too, so that whoever goes on trying gains nothing by what is given back.
   */
  take(budget: AttemptBudget, subject: string): Promise<Taking>;
  /** Puts one back that was `taken` and turned out well. After the window it is of no consequence: nothing, or one attempt more in the next. */
  giveBack(budget: AttemptBudget, subject: string): Promise<void>;
}
