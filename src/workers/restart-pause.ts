/** Milliseconds of serving after which a worker counts as sound, whatever ends it later. */
const soundAfter = 10_000;

const longestPause = 10_000;

/** How long to wait before a worker that died is replaced: not at all at first, longer and longer while those that come die at once. */
export class RestartPause {
  /** Workers that died in a row without having served for long. */
  deathsInARow = 0;

  /** Milliseconds to wait, after the death of a worker that had `served` for so many. */
  after(served: number): number {
    this.deathsInARow = served >= soundAfter ? 0 : this.deathsInARow + 1;
    return this.deathsInARow <= 1 ? 0 : Math.min(longestPause, 100 * 2 ** (this.deathsInARow - 2));
  }
}
