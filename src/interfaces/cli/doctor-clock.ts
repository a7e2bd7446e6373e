import type { Finding } from './doctor-checks.js';

/** What another clock told, between two looks at ours. */
export interface Reading {
  readonly whose: string;
  readonly told: Date;
  readonly asked: Date;
  readonly answered: Date;
  /** Milliseconds by which `told` may be too early: a Date header knows seconds only. */
  readonly coarseness: number;
}

/** A code lives for 60 seconds (RFC 6749 §4.1.2): a tenth of that is already felt. */
const tolerance = 5000;

/** No clock of a running Keywright can be right that shows less. */
const earliest = Date.UTC(2026, 0, 1);

export function clockFinding(now: Date, readings: readonly Reading[]): Finding {
  const check = 'clock';
  const advice = 'synchronise the clocks (NTP)';
  if (now.getTime() < earliest) return { check, ok: false, reason: `shows ${now.toISOString()}`, advice };
  const apart = readings.find((reading) => apartBy(reading) > tolerance);
  if (apart) return { check, ok: false, reason: `is ${Math.round(apartBy(apart) / 1000)} seconds from ${apart.whose}`, advice };
  if (readings.length === 0) return { check, ok: true, reason: 'nothing to compare it with' };
  return { check, ok: true, reason: `agrees with ${readings.map((reading) => reading.whose).join(' and ')}` };
}

/** Milliseconds by which the clocks are at least apart, whatever the way there and back took. */
function apartBy({ told, asked, answered, coarseness }: Reading): number {
  const ahead = told.getTime() - answered.getTime();
  const behind = asked.getTime() - (told.getTime() + coarseness);
  return Math.max(0, ahead, behind);
}
