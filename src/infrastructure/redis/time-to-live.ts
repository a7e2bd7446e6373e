/** Milliseconds for which what expired can still be told from what never was: a day, as with the other stores. */
export const usualRetention = 86_400_000;

/** Longer than anything may live: no lifetime can be set to more than ten years. */
export const longestTimeToLive = 11 * 365 * 86_400_000;

/** How long Redis keeps things, in milliseconds. */
export class TimeToLive {
  constructor(readonly retention: number) {}

  /** A record, from now on; reckoned from its own moments, so that the clock of the use case counts and not that of Redis. */
  of(from: Date, expiresAt: Date): number {
    return Math.max(0, expiresAt.getTime() - from.getTime()) + this.retention;
  }
}

/** The end of a grant, where nothing is known to descend from it: a code made at the same moment lives a minute. */
export const leastTimeToLive = usualRetention;
