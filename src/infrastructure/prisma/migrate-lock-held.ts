import { StorageUnavailable } from '../../application/ports/storage-unavailable.js';

/** Of a migration that others kept from a table for as long as was waited: it will be tried again, once they are gone. */
export function lockHeld(migration: string): StorageUnavailable {
  return new StorageUnavailable(`${migration} needs a table that others hold`, {
    reason: `${migration} could not be applied, as somebody holds a lock on a table that it changes, and nothing was changed`,
    advice: `start again once they are done, a dump perhaps; who it is: ${whoHolds}`,
  });
}

const whoHolds =
  'SELECT pid, application_name, xact_start, query FROM pg_stat_activity WHERE datname = current_database() AND xact_start IS NOT NULL ORDER BY xact_start';
