import { StorageUnavailable } from '../../application/ports/storage-unavailable.js';

/** Of a migration that others kept from a table for as long as was waited: it will be tried again, once they are gone. */
export function lockHeld(migration: string): StorageUnavailable {
  return new StorageUnavailable(undefined, {
    reason: `${migration} could not be applied, as somebody holds a lock on a table that it changes, and nothing was changed`,
    advice: `start again once they are done, a dump perhaps; who it is: ${whoHolds}`,
  });
}

/** Of a session of another role only the first three can be seen. */
const whoHolds = `SELECT pid, usename, application_name, client_addr, state, xact_start, query FROM pg_stat_activity
  WHERE datname = current_database() AND state IS DISTINCT FROM 'idle' ORDER BY xact_start`.replaceAll(/\s+/g, ' ');
