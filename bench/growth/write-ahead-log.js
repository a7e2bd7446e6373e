import { query } from '../postgres.js';

/** Bytes that `work` lets PostgreSQL write to its log; exact, whatever else the machine does, as long as nobody else writes. */
export async function walOf(databaseUrl, work) {
  const [{ lsn }] = await query(databaseUrl, 'SELECT pg_current_wal_insert_lsn() AS lsn');
  const result = await work();
  const [{ bytes }] = await query(databaseUrl, 'SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), $1)::float8 AS bytes', [lsn]);
  return { result, bytes };
}
