import { later } from '../moments.js';

/** How long a person lets an app act for them: until they end it, or so many days. */
export const timeLimits = ['none', '30_days', '1_day'] as const;
export type TimeLimit = (typeof timeLimits)[number];

const day = 24 * 3600;
const seconds = { '30_days': 30 * day, '1_day': day };

/** When a limit chosen at `now` ends; `null`: not by itself. */
export function endOfLimit(limit: TimeLimit, now: Date): Date | null {
  return limit === 'none' ? null : later(now, seconds[limit]);
}
