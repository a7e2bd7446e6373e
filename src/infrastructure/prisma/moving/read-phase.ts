import { Pool } from 'pg';
import type { MovePhase } from '../../moving/phase-watch.js';

/** Asks the old database which of the two decides. A hold that nobody ended in time counts as given up. */
export function phaseReader(databaseUrl: string): { read(): Promise<MovePhase>; close(): Promise<void> } {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: 1,
    connectionTimeoutMillis: 2000,
    query_timeout: 2000,
    idleTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'keywright moving',
  });
  pool.on('error', () => undefined);
  return {
    async read() {
      const { rows } = await pool.query<{ phase: MovePhase }>(
        `SELECT CASE WHEN phase = 'moved' THEN 'new' WHEN phase = 'held' AND held_until > clock_timestamp() THEN 'held' ELSE 'old' END AS phase FROM store_moves`,
      );
      return rows[0]?.phase ?? 'old';
    },
    close: () => pool.end(),
  };
}
