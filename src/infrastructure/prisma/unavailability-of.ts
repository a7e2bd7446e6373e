import { DatabaseError } from 'pg';
import { driverCause, isUnavailability } from './is-unavailability.js';

/** What an operator is told beside the words of PostgreSQL, by SQLSTATE (PostgreSQL manual, appendix A). */
const plainWords: Readonly<Record<string, string>> = {
  '25006': 'the database is read-only',
  '53100': 'the disk of the database is full',
  '53200': 'the database is out of memory',
  '53300': 'the database takes no more connections',
};

/** Why the database did not do what it was asked, by SQLSTATE and in words, without what an error of a driver carries beside them; `null` when it refused the statement. */
export function unavailabilityOf(error: unknown): Error | null {
  if (!isUnavailability(error)) return null;
  const { originalCode: code, originalMessage: message } = error instanceof DatabaseError ? ofDatabase(error) : ofDriver(error);
  const words = plainWords[code ?? ''];
  return Object.assign(new Error(words ? `${words}: ${message}` : message), code && { code });
}

function ofDatabase({ code, message }: DatabaseError) {
  return { originalCode: code, originalMessage: message };
}

function ofDriver(error: unknown) {
  const { code, message } = Object(error) as { code?: string; message?: string };
  const { originalCode = code, originalMessage = message ?? '' } = driverCause(error);
  return { originalCode, originalMessage };
}
