/** `seconds` after `moment`. */
export function later(moment: Date, seconds: number): Date {
  return new Date(moment.getTime() + seconds * 1000);
}

/** The earlier of the two; `null` sets no limit. */
export function earlier(moment: Date, limit: Date | null): Date {
  return limit !== null && limit < moment ? limit : moment;
}
