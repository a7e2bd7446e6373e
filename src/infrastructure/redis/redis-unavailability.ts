import { ErrorReply } from '@redis/client';
import { StoreMoved } from '../../application/ports/store-moved.js';

/** What Redis answers when not the command is at fault: it is starting, a replica, full, stuck, or cannot write to its disk. */
const serverErrors = /^(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|OOM|MISCONF|NOREPLICAS|BUSY|TRYAGAIN|NOAUTH|WRONGPASS|NOPERM|UNBLOCKED)\b/;

/** Does this error say that Redis cannot be reached or does not answer in time, rather than that it refused a command? */
export function isRedisUnavailability(error: unknown): boolean {
  if (error instanceof StoreMoved) return false;
  return error instanceof ErrorReply ? serverErrors.test(error.message) : error instanceof Error;
}
