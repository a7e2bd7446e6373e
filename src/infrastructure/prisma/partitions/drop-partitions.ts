import type { ClientBase } from 'pg';
import { briefly } from './briefly.js';

/** While a store moves rows are followed one by one, and what goes with its partition would not be noticed. */
const standingStill = "NOT EXISTS (SELECT FROM store_moves WHERE phase <> 'moved')";

/** Drops the partitions in which every access token expired before `deadBefore`, one after the other. */
export async function dropPartitions(client: ClientBase, deadBefore: Date): Promise<void> {
  for (const name of await partitionsDead(client, deadBefore)) {
    const isDead = async () => (await countAlive(client, name, deadBefore, 1)) === 0;
    if (!(await withoutOthers(client, name, isDead, () => drop(client, name)))) return;
  }
}

/**
 * Drops partitions whose usual tokens expired before `usualDeadBefore` and in which few others live after `deadBefore`, which is not earlier; keeps these few in the
 * rest. `atMost`: with more of them a partition stays, because they are moved while everybody waits.
 */
export async function emptyPartitions(client: ClientBase, deadBefore: Date, usualDeadBefore: Date, atMost = 10_000): Promise<void> {
  for (const name of await partitionsDead(client, usualDeadBefore)) {
    const tried = await withoutOthers(
      client,
      name,
      async () => (await countAlive(client, name, deadBefore, atMost + 1)) <= atMost,
      async () => {
        const columns = await columnNames(client);
        await client.query(`ALTER TABLE access_tokens DETACH PARTITION "${name}"`);
        await client.query(`INSERT INTO access_tokens (${columns}) SELECT ${columns} FROM "${name}" WHERE ${alive(deadBefore)}`);
        await drop(client, name);
      },
    );
    if (!tried) return;
  }
}

/** Written out, so that it is seen which of them are in the partial index. */
function alive(deadBefore: Date): string {
  return `expires_at >= '${deadBefore.toISOString()}'`;
}

/** `limit` at most. Of a partition whose usual tokens are dead, the others are at the end of its partial index. */
async function countAlive(client: ClientBase, name: string, deadBefore: Date, limit: number): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM (SELECT FROM "${name}" WHERE ${alive(deadBefore)} ORDER BY expires_at DESC LIMIT ${limit}) AS few`,
  );
  return rows[0]?.count ?? 0;
}

/** Those whose usual tokens expired before a moment. */
async function partitionsDead(client: ClientBase, usualDeadBefore: Date): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>('SELECT name FROM access_token_partitions WHERE last_expiry < $1 ORDER BY id_before', [
    usualDeadBefore,
  ]);
  return rows.map(({ name }) => name);
}

/**
 * With the table and the partition to ourselves, if `isDue`: asked before, so that nobody waits for nothing, and again when whoever added a token has
 * committed, or waits and will find its place in the rest. `false`: to be tried another time.
 */
function withoutOthers(client: ClientBase, name: string, isDue: () => Promise<boolean>, work: () => Promise<unknown>): Promise<boolean> {
  const mayGo = async () => {
    const { rowCount } = await client.query(`SELECT FROM access_token_partitions WHERE name = $1 AND ${standingStill}`, [name]);
    return rowCount === 1 && isDue();
  };
  return briefly(client, async () => {
    if (!(await mayGo())) return;
    // The partition as well: whoever writes into it by its name has no lock of the table.
    await client.query(`LOCK TABLE ONLY access_tokens, "${name}" IN ACCESS EXCLUSIVE MODE`);
    if (await mayGo()) await work();
  });
}

async function drop(client: ClientBase, name: string): Promise<void> {
  await client.query('DELETE FROM access_token_partitions WHERE name = $1', [name]);
  await client.query(`DROP TABLE "${name}"`);
}

/** By name: the first partition may have them in another order. */
async function columnNames(client: ClientBase): Promise<string> {
  const { rows } = await client.query<{ names: string }>(
    "SELECT string_agg(pg_catalog.quote_ident(attname::text), ', ') AS names FROM pg_attribute WHERE attrelid = 'access_tokens'::regclass AND attnum > 0 AND NOT attisdropped",
  );
  return (rows[0] as { names: string }).names;
}
