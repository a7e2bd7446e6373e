import { DatabaseError } from 'pg';
import { StorageUnavailable } from '../../application/ports/storage-unavailable.js';
import { databaseTroubles } from './database-troubles.js';
import { driverCause, isUnavailability } from './is-unavailability.js';

/** Why the database did not do what it was asked, by SQLSTATE and in words, without what an error of a driver carries beside them; `null` when it refused the statement. */
export function unavailabilityOf(error: unknown): StorageUnavailable | null {
  if (!isUnavailability(error)) return null;
  const { code, message } = error instanceof DatabaseError ? error : ofDriver(error);
  const trouble = databaseTroubles.get(code ?? '');
  return new StorageUnavailable(
    Object.assign(new Error(message), code && { code }),
    trouble && { reason: `the database ${trouble.says}`, advice: trouble.advice },
  );
}

/** A connection that was refused and one that was cut: the same outage, which Prisma, the driver and the operating system each call differently. */
const notReached = 'the database cannot be reached';
const codesOfNotReached = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE']);
const driverOfNotReached = /^(Connection terminated|Client has encountered a connection error)/;

/** What Prisma calls a connection that did not serve, in words of ours: its own are a page with the call of a method. */
const lines = new Map([
  ['DatabaseNotReachable', notReached],
  ['ConnectionClosed', notReached],
  ['SocketTimeout', 'the database does not answer in time'],
  ['TlsConnectionError', 'the database and this server do not agree on TLS'],
]);

/** Prisma's own code. */
const ofPrisma = /^P\d/;

function ofDriver(error: unknown) {
  const { code, message = '' } = Object(error) as { code?: string; message?: string };
  const { kind = '', originalCode = code ?? '', originalMessage = lines.get(kind) ?? message } = driverCause(error);
  if (codesOfNotReached.has(originalCode) || driverOfNotReached.test(originalMessage)) return { code: undefined, message: notReached };
  return { code: originalCode === '' || ofPrisma.test(originalCode) ? undefined : originalCode, message: originalMessage };
}
