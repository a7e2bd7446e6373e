import { sqlStates } from './sql-states.js';

/** What an operator is told of a database that is in trouble, beside the words of PostgreSQL. */
export interface DatabaseTrouble {
  /** Goes on after "the database", or after "the database at …". */
  readonly says: string;
  readonly advice: string;
}

/** By SQLSTATE. */
export const databaseTroubles: ReadonlyMap<string, DatabaseTrouble> = new Map<string, DatabaseTrouble>([
  [
    sqlStates.readOnlySqlTransaction,
    {
      says: 'is read-only',
      advice: 'it may be a standby since a failover, or default_transaction_read_only be on (a full disk may be why); ask: keywright doctor',
    },
  ],
  [sqlStates.diskFull, { says: 'has a full disk', advice: 'make room on it, or make it larger' }],
  [sqlStates.outOfMemory, { says: 'is out of memory', advice: 'see what takes it (work_mem, the number of connections), or give it more' }],
  [
    sqlStates.tooManyConnections,
    {
      says: 'takes no more connections',
      advice:
        'see who holds them (pg_stat_activity); lower DATABASE_POOL_SIZE or WORKERS, raise the limit of the server, database or role, or put a pooler between',
    },
  ],
]);
