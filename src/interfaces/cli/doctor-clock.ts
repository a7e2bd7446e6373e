import { aheadBy, type ClockReading, keptTogether } from '../../domain/clocks.js';
import type { Finding } from './finding.js';

export interface Reading extends ClockReading {
  readonly whose: string;
}

/** No clock of a running Keywright can be right that shows less. */
const earliest = Date.UTC(2026, 0, 1);

export function clockFinding(now: Date, readings: readonly Reading[]): Finding {
  const check = 'clock';
  const advice = 'synchronise the clocks (NTP)';
  if (now.getTime() < earliest) return { check, ok: false, reason: `shows ${now.toISOString()}`, advice };
  const apart = readings.find((reading) => Math.abs(aheadBy(reading)) > keptTogether);
  if (apart) return { check, ok: false, reason: `is ${Math.round(Math.abs(aheadBy(apart)) / 1000)} seconds from ${apart.whose}`, advice };
  if (readings.length === 0) return { check, ok: true, reason: 'nothing to compare it with' };
  return { check, ok: true, reason: `agrees with ${readings.map((reading) => reading.whose).join(' and ')}` };
}
