import type { ClientBase } from 'pg';
import { briefly } from './briefly.js';

/**
 * Drops the partitions in which every access token expired before `deadBefore`, one after the other. Does nothing while the store moves: what is dropped is not
 * noted row by row.
 */
export async function dropPartitions(client: ClientBase, deadBefore: Date): Promise<void> {
  const { rows } = await client.query<{ name: string }>(`SELECT name FROM access_token_partitions WHERE ${dead('$1')} ORDER BY id_before`, [deadBefore]);
  for (const { name } of rows) {
    const dropped = await briefly(client, async () => {
      // Whoever added a token that lives longer has committed by then, or waits and finds its place in the rest.
      await client.query('LOCK TABLE ONLY access_tokens IN ACCESS EXCLUSIVE MODE');
      const { rowCount } = await client.query(`DELETE FROM access_token_partitions WHERE name = $1 AND ${dead('$2')}`, [name, deadBefore]);
      if (rowCount === 1) await client.query(`DROP TABLE "${name}"`);
    });
    if (!dropped) return;
  }
}

function dead(before: string): string {
  return `last_expiry < ${before} AND NOT EXISTS (SELECT FROM store_moves WHERE phase <> 'moved')`;
}
