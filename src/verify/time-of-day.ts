/** Milliseconds after which a wall clock that was set counts. */
const lookEvery = 100;

/**
 * The time of day at a moment of `performance.now()`, by which every age is measured: a clock that is set makes nothing younger. Between two looks at the wall clock
 * both go on alike, so that checking a token reads one clock, not two.
 */
export class TimeOfDay {
  private apart = 0;
  private lookedAt = Number.NEGATIVE_INFINITY;

  /** Milliseconds since 1970. `now`: of `performance.now()`, not before the one of an earlier call. */
  at(now: number): number {
    if (now - this.lookedAt >= lookEvery) {
      this.apart = Date.now() - now;
      this.lookedAt = now;
    }
    return now + this.apart;
  }
}
