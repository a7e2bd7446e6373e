import type { MoveState } from '../../../application/ports/moved-store.js';
import { withConnection } from '../migrate-connection.js';

/** The move of a database as it keeps it; `null`: none was begun, or it is not migrated yet. A hold that nobody ended in time is over. Throws as `withConnection` does. */
export function databaseMove(databaseUrl: string): Promise<Omit<MoveState, 'progress'> | null> {
  return withConnection(databaseUrl, async (client) => {
    const there = await client.query("SELECT FROM pg_catalog.to_regclass('store_moves') AS found WHERE found IS NOT NULL");
    if (there.rowCount === 0) return null;
    const { rows } = await client.query<Omit<MoveState, 'progress'>>(
      `SELECT destination, CASE WHEN phase = 'held' AND held_until <= clock_timestamp() THEN 'copying' ELSE phase END AS stage FROM store_moves`,
    );
    return rows[0] ?? null;
  });
}
