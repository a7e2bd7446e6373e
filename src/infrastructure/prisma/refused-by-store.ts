import { DatabaseError } from 'pg';
import type { StorageUnavailable } from '../../application/ports/storage-unavailable.js';
import { StoreMoved } from '../../application/ports/store-moved.js';
import { driverCause } from './is-unavailability.js';
import { unavailabilityOf } from './unavailability-of.js';

/** The SQLSTATE with which every table of a database that has moved refuses to change (its triggers are in the migrations). */
const moved = 'KW001';

/** What an error of the driver or of Prisma says of the database as a whole, as the ports say it; `null` when it refused the statement. */
export function refusedByStore(error: unknown): StorageUnavailable | null {
  const code = error instanceof DatabaseError ? error.code : driverCause(error).originalCode;
  return code === moved ? new StoreMoved() : unavailabilityOf(error);
}
