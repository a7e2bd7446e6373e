/** What another clock told, between two looks at ours; in milliseconds. */
export interface ClockReading {
  readonly asked: number;
  readonly told: number;
  readonly answered: number;
  /** By how much `told` may be too early: a Date header knows seconds only. */
  readonly coarseness?: number;
}

/** Milliseconds that clocks which are kept together differ by at most. A code lives for 60 seconds (RFC 6749 §4.1.2): a tenth of that is already felt. */
export const keptTogether = 5000;

/** Milliseconds by which our clock is at least ahead of the other, whatever the way there and back took; negative: behind it. */
export function aheadBy({ asked, told, answered, coarseness = 0 }: ClockReading): number {
  return Math.max(0, asked - told - coarseness) + Math.min(0, answered - told);
}

/** Milliseconds by which clocks may differ without many repeated refresh tokens counting as reused: half of the grace window, in seconds, or of the usual one. */
export function mostApart(graceWindow: number): number {
  return Math.max(keptTogether, ((graceWindow || 30) / 2) * 1000);
}
