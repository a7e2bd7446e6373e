import { later } from '../../domain/moments.js';
import type { Clock } from '../ports/clock.js';
import type { Expirable } from '../ports/expirable.js';

/** Rows deleted by one statement: small, so that no lock is held for long and replicas keep up. */
const stepSize = 500;

/** Seconds for which what is dead can still be told from what never was. */
const retention = 24 * 3600;

/** Deletes what is dead, in small steps, while the server serves. Answers how many rows went. Stops early, between steps, when `stop` says so. */
export class PurgeExpired {
  constructor(
    private readonly expirables: readonly Expirable[],
    private readonly clock: Clock,
  ) {}

  async execute(stop: () => boolean = () => false): Promise<number> {
    const deadBefore = later(this.clock.now(), -retention);
    let total = 0;
    for (const expirable of this.expirables) {
      for (let deleted = stepSize; deleted === stepSize && !stop(); total += deleted) deleted = await expirable.purge(deadBefore, stepSize);
    }
    return total;
  }
}
