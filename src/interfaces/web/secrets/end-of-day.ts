const shape = /^\d{4}-\d{2}-\d{2}$/;

/** The moment in which a day ends (UTC), as a date field names it; `null` for none, an invalid date for what is no day. */
export function endOfDay(text: string): Date | null {
  if (text === '') return null;
  const start = shape.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return new Date(start + 24 * 3600 * 1000);
}
