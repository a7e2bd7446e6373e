import { DatabaseError } from 'pg';
import { Prisma } from './generated/client.js';
import { sqlStateOf, sqlStates } from './sql-states.js';

/**
 * The classes of SQLSTATE (PostgreSQL manual, appendix A) in which not the statement is at fault: connection, read-only after a failover,
 * authorization, no such database, deadlock, out of resources, lock not available, operator or timeout intervened, system error.
 */
const serverClasses = new Set(['08', '25', '28', '3D', '40', '53', '55', '57', '58']);
const brokenLine = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TlsConnectionError']);

/** Does this error say that the database cannot be reached or does not answer in time, rather than that it refused a statement? */
export function isUnavailability(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    // A transaction that could not begin, or end, in time.
    if (error.code === 'P2028') return true;
    const { kind, originalCode } = driverCause(error);
    // Prisma takes over the code of an error of the operating system (ENOENT, EHOSTUNREACH, EPIPE …), and of PostgreSQL where it is met while it connects.
    return serverClasses.has((originalCode ?? error.code).slice(0, 2)) || brokenLine.has(kind ?? '') || /^E[A-Z_]+$/.test(error.code);
  }
  if (error instanceof DatabaseError) return serverClasses.has(sqlStateOf(error).slice(0, 2));
  // A name with several addresses, none of which can be reached.
  if (error instanceof AggregateError) return true;
  // The driver's own complaints (a connection lost, a timeout, a pool without a free connection) come through as plain errors.
  return error instanceof Error && error.constructor === Error;
}

const heldByOthers: readonly string[] = [sqlStates.deadlockDetected, sqlStates.lockNotAvailable];

/** Did PostgreSQL give up a statement for the sake of some row of it: one that it refused, or that others hold? Without that row it may succeed. */
export function concernsRows(error: unknown): boolean {
  return heldByOthers.includes(sqlStateOf(error)) || !isUnavailability(error);
}

/** What the driver said of an error that comes from Prisma. */
export function driverCause(error: unknown): { kind?: string; originalCode?: string; originalMessage?: string } {
  const driverError = error instanceof Prisma.PrismaClientKnownRequestError ? error.meta?.driverAdapterError : undefined;
  const cause = driverError instanceof Error ? driverError.cause : undefined;
  return typeof cause === 'object' && cause !== null ? cause : {};
}
