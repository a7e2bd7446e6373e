import { ErrorReply } from '@redis/client';
import { StorageUnavailable } from '../../application/ports/storage-unavailable.js';

/** What Redis answers when not the command is at fault: it is starting, a replica, full, stuck, cannot write to its disk, came to it too late, or was emptied. */
const serverErrors = /^(LOADING|READONLY|MASTERDOWN|CLUSTERDOWN|OOM|MISCONF|NOREPLICAS|BUSY|TRYAGAIN|NOAUTH|WRONGPASS|NOPERM|UNBLOCKED|LATE|UNTOLD)\b/;

/** What an error says of a Redis that cannot be reached or does not answer in time; `null` where it says that a command was refused, or is a word of ours already. */
export function redisUnavailabilityOf(error: unknown): StorageUnavailable | null {
  if (!(error instanceof Error) || error instanceof StorageUnavailable) return null;
  return error instanceof ErrorReply && !serverErrors.test(error.message) ? null : new StorageUnavailable(error);
}
