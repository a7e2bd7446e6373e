/** Seconds; the upper bounds of the buckets. From a token that is issued on a quiet machine to a password that is hashed on a busy one. */
export const bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

/** How long something took, in buckets. Counting costs some 30 nanoseconds and makes no garbage (ADR 0040). */
export class DurationCounts {
  /** Seconds, of all together. */
  sum = 0;
  /** How many were in each bucket and in none before it; the last is of those that took longer than every bound. */
  private readonly counts = new Float64Array(bounds.length + 1);

  observe(seconds: number): void {
    let bucket = 0;
    while (bucket < bounds.length && seconds > (bounds[bucket] as number)) bucket += 1;
    this.counts[bucket] = (this.counts[bucket] as number) + 1;
    this.sum += seconds;
  }

  /** For each bound how many took no longer, and at last how many there were: buckets of a histogram are cumulative. */
  cumulative(): number[] {
    let sum = 0;
    return Array.from(this.counts, (count) => {
      sum += count;
      return sum;
    });
  }
}
