import { RateLimiterPostgres } from 'rate-limiter-flexible';
import type { AttemptBudget, AttemptLimiter } from '../../application/ports/attempt-limiter.js';
import { FlexibleAttemptLimiter } from '../attempts/flexible-attempt-limiter.js';
import { AttemptCounts } from './attempt-counts.js';
import type { Lanes } from './coalescing/lanes.js';
import type { Statements } from './statements.js';

/**
 * The library's PostgreSQL limiter; its Prisma limiter finds and then saves, and loses attempts made at once. Past twice the budget an instance refuses by
 * itself until the budget is whole again, so that a flood costs the database nothing.
 */
export function prismaAttemptLimiter(statements: Statements, lanes: Lanes): AttemptLimiter {
  const counts = new AttemptCounts(statements, lanes);
  return new FlexibleAttemptLimiter((budget) => new GatheringLimiter(budget, counts));
}

/** Counts through `AttemptCounts` instead of one statement for every attempt. `_upsert` is the step that the library has each of its stores implement. */
class GatheringLimiter extends RateLimiterPostgres {
  constructor(
    { name, attempts, seconds }: AttemptBudget,
    private readonly counts: AttemptCounts,
  ) {
    super({
      storeClient: {},
      storeType: 'client',
      tableName: 'attempt_counts',
      // Made by a migration, and purged with everything else that expires.
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix: name,
      points: attempts,
      duration: seconds,
      inMemoryBlockOnConsumed: 2 * attempts,
    });
  }

  async _upsert(key: string, points: number, milliseconds: number) {
    return { rows: [await this.counts.change({ key, points, expire: Date.now() + milliseconds })] };
  }
}
