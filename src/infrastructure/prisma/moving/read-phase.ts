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

/** Does this error, or what caused it, come from a database that refuses to decide after its move? */
export function hasMoved(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const { code, message, meta } = at as Error & { code?: unknown; meta?: unknown };
    if (code === 'KW001' || message.includes('KW001') || message.includes('this store has moved') || JSON.stringify(meta ?? null).includes('KW001'))
      return true;
  }
  return false;
}
