import type { ClientBase } from 'pg';
import { briefly } from './briefly.js';

/** While a store moves rows are followed one by one, and what goes with its partition would not be noticed. */
const standingStill = "NOT EXISTS (SELECT FROM store_moves WHERE phase <> 'moved')";

/** Drops the partitions in which every access token expired before `deadBefore`, one after the other. */
export async function dropPartitions(client: ClientBase, deadBefore: Date): Promise<void> {
  const dead = `last_expiry < '${deadBefore.toISOString()}' AND ${standingStill}`;
  for (const name of await partitionsThat(client, dead)) if (!(await withoutOthers(client, name, dead, () => drop(client, name)))) return;
}

/**
 * Drops partitions of ids before `idBefore` in which few access tokens live after `deadBefore`, and keeps these few in the rest. `atMost`: with more of them
 * a partition stays, because they are moved while everybody waits.
 */
export async function emptyPartitions(client: ClientBase, idBefore: string, deadBefore: Date, atMost = 10_000): Promise<void> {
  const lingering = `id_before < '${idBefore}' AND last_expiry >= '${deadBefore.toISOString()}' AND ${standingStill}`;
  // Written out, so that it is seen which of them are in the index.
  const alive = `expires_at >= '${deadBefore.toISOString()}'`;
  for (const name of await partitionsThat(client, lingering)) {
    const { rows } = await client.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM (SELECT FROM "${name}" WHERE ${alive} LIMIT ${atMost + 1}) AS few`,
    );
    if ((rows[0]?.count ?? 0) > atMost) continue;
    const moved = await withoutOthers(client, name, lingering, async () => {
      const columns = await columnNames(client);
      await client.query(`ALTER TABLE access_tokens DETACH PARTITION "${name}"`);
      await client.query(`INSERT INTO access_tokens (${columns}) SELECT ${columns} FROM "${name}" WHERE ${alive}`);
      await drop(client, name);
    });
    if (!moved) return;
  }
}

async function partitionsThat(client: ClientBase, condition: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`SELECT name FROM access_token_partitions WHERE ${condition} ORDER BY id_before`);
  return rows.map(({ name }) => name);
}

/** With the table to ourselves: whoever added a token that lives longer has committed by then, or waits, and finds its place in the rest. */
function withoutOthers(client: ClientBase, name: string, condition: string, work: () => Promise<unknown>): Promise<boolean> {
  return briefly(client, async () => {
    await client.query('LOCK TABLE ONLY access_tokens IN ACCESS EXCLUSIVE MODE');
    const { rowCount } = await client.query(`DELETE FROM access_token_partitions WHERE name = $1 AND ${condition}`, [name]);
    if (rowCount === 1) await work();
  });
}

async function drop(client: ClientBase, name: string): Promise<void> {
  await client.query(`DROP TABLE "${name}"`);
}

/** By name: the first partition may have them in another order. */
async function columnNames(client: ClientBase): Promise<string> {
  const { rows } = await client.query<{ names: string }>(
    "SELECT string_agg(quote_ident(attname), ', ') AS names FROM pg_attribute WHERE attrelid = 'access_tokens'::regclass AND attnum > 0 AND NOT attisdropped",
  );
  return (rows[0] as { names: string }).names;
}
