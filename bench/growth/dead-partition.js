import { setTimeout as pause } from 'node:timers/promises';
import { firstUuid7 } from '../../dist/domain/tokens/uuid7.js';
import { withConnection } from '../../dist/infrastructure/prisma/migrate-connection.js';
import { AccessTokenPartitions } from '../../dist/infrastructure/prisma/partitions/access-token-partitions.js';
import { makePartition } from '../../dist/infrastructure/prisma/partitions/add-partitions.js';
import { query } from '../postgres.js';

const day = 86_400_000;

/** It gives way to whoever holds the table for a tenth of a second; a server tries again a minute later. */
const mostAttempts = 20;

/**
 * Puts `count` tokens into a partition of four days ago, dead since then; answers what lets it go as the server does every minute, and says
 * how long it took. Until then the server does not know of the partition.
 */
export async function deadPartition(databaseUrl, clientId, count) {
  const from = new Date(Math.floor(Date.now() / day) * day - 4 * day);
  const before = new Date(from.getTime() + day / 4);
  await withConnection(databaseUrl, (client) => makePartition(client, 'access_tokens_dead', { from, before }, before));
  await query(
    databaseUrl,
    `INSERT INTO access_tokens (id, digest, client_id, scopes, resources, issued_at, expires_at)
     SELECT uuidv7($1::timestamptz + interval '6 hours' * n / $2 - clock_timestamp()), sha256(int4send(n)), $3, ARRAY['default', 'profile'], '{}', $1, $1
     FROM generate_series(0, $2::int - 1) AS n`,
    [from, count, clientId],
  );
  await query(databaseUrl, 'CHECKPOINT');
  return async () => {
    await query(databaseUrl, "INSERT INTO access_token_partitions VALUES ('access_tokens_dead', $1, $2, $3)", [firstUuid7(before), from, before]);
    for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
      const started = performance.now();
      await new AccessTokenPartitions(databaseUrl).purge(new Date(Date.now() - day));
      const milliseconds = performance.now() - started;
      const [{ gone }] = await query(databaseUrl, "SELECT to_regclass('access_tokens_dead') IS NULL AS gone");
      if (gone) return { milliseconds, attempts: attempt };
      await pause(200);
    }
    throw new Error('the dead partition was not dropped');
  };
}
