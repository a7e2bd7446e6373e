import type { Storage } from '../application/ports/storage.js';

/** Purges as the server does: everything that grows, in its order, step by step, until a step deletes fewer than it may. Answers how many went. */
export async function purgeAll({ expirables }: Storage, deadBefore: Date, limit = 100): Promise<number> {
  let total = 0;
  for (const expirable of expirables) {
    for (let deleted = limit; deleted === limit; total += deleted) {
      deleted = await expirable.purge(deadBefore, limit);
      if (deleted > limit) throw new Error(`${deleted} were deleted where ${limit} were allowed`);
    }
  }
  return total;
}
