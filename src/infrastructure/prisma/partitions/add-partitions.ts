import type { ClientBase } from 'pg';
import { firstUuid7 } from '../../../domain/tokens/uuid7.js';
import { briefly } from './briefly.js';
import { missingWindows, momentOf, partitionName, type TokenWindow } from './token-window.js';

/**
 * Makes the partitions of access tokens for `now` and a window ahead. `lifetime`: seconds that most tokens live. Does nothing when another instance is at it, or
 * when it would hold others up. A window of which a token lies in the rest already stays without a partition.
 */
export async function addPartitions(client: ClientBase, now: Date, lifetime: number): Promise<void> {
  if ((await missing(client, now, lifetime)).length === 0) return;
  await briefly(client, async () => {
    for (const window of await missing(client, now, lifetime)) if (!(await inUse(client, window))) await add(client, window, lifetime);
  });
}

async function missing(client: ClientBase, now: Date, lifetime: number): Promise<TokenWindow[]> {
  const { rows } = await client.query<{ end: string }>('SELECT id_before AS "end" FROM access_token_partitions ORDER BY id_before DESC LIMIT 1');
  return missingWindows(now, rows[0] ? momentOf(rows[0].end) : null, lifetime);
}

async function inUse(client: ClientBase, { from, before }: TokenWindow): Promise<boolean> {
  const { rowCount } = await client.query('SELECT FROM access_tokens_rest WHERE id >= $1 AND id < $2 LIMIT 1', [firstUuid7(from), firstUuid7(before)]);
  return rowCount !== 0;
}

async function add(client: ClientBase, window: TokenWindow, lifetime: number): Promise<void> {
  const name = partitionName(window);
  const lastExpiry = new Date(window.before.getTime() + lifetime * 1000);
  await makePartition(client, name, window, lastExpiry);
  await client.query('INSERT INTO access_token_partitions (name, id_before, first_expiry, last_expiry) VALUES ($1, $2, $3, $4)', [
    name,
    firstUuid7(window.before),
    window.from,
    lastExpiry,
  ]);
}

/**
 * Made apart and attached, which stops nobody from reading and writing the other partitions. It is only ever added to and then dropped, so there is nothing
 * for a vacuum to do. `lastExpiry`: when the usual tokens are dead.
 */
export async function makePartition(client: ClientBase, name: string, { from, before }: TokenWindow, lastExpiry: Date): Promise<void> {
  await client.query(`CREATE TABLE "${name}" (LIKE access_tokens) WITH (autovacuum_vacuum_insert_threshold = -1)`);
  await client.query(`ALTER TABLE access_tokens ATTACH PARTITION "${name}" FOR VALUES FROM ('${firstUuid7(from)}') TO ('${firstUuid7(before)}')`);
  // Holds those only that outlive the usual: what finds them when all others are dead, and tells whether there are any.
  await client.query(`CREATE INDEX "${name}_outliving_idx" ON "${name}" (expires_at) WHERE expires_at > '${lastExpiry.toISOString()}'`);
}
