import { InvalidArgumentError } from 'commander';
import { grantTypes } from '../../domain/clients/client.js';

/** A whole number above zero: seconds, or how many. */
export function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new InvalidArgumentError('Give a whole number above zero.');
  return Number(text);
}

/** A moment: a date (its first second in UTC) or a date and time with its offset, as in RFC 3339. */
export function pointInTime(text: string): Date {
  const date = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/.test(text) ? new Date(text) : null;
  if (date === null || Number.isNaN(date.getTime())) throw new InvalidArgumentError('Give a date: 2030-12-31, or 2030-12-31T12:00:00Z.');
  return date;
}

export function grantType(text: string): string[] {
  if (!(grantTypes as readonly string[]).includes(text)) throw new InvalidArgumentError(`Allowed choices are ${grantTypes.join(', ')}.`);
  return [text];
}

/** One scope, or several as they stand in a scope parameter (RFC 6749 §3.3). */
export function scopes(text: string): string[] {
  const names = text.split(' ').filter((name) => name !== '');
  if (names.length === 0) throw new InvalidArgumentError('Name a scope.');
  return names;
}
