import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import pg from 'pg';
import { query } from './postgres.js';

/** Of five tokens four are access tokens; the fifth is the refresh token of their grant. */
const accessTokensOfGrant = 4;
const batch = 100_000;

/**
 * Puts so many live tokens into Keywright's own tables, as an hour of traffic would have left them: keys that grow with time, a grant for each five, all of one
 * person and client, good for a day. About 40,000 a second. Afterwards statistics are fresh and nothing is left to be written back.
 *
 * @param {{ databaseUrl: string, clientId: string, userId: string, count: number, progress?: (text: string) => void }} what
 */
export async function fillTokens({ databaseUrl, clientId, userId, count, progress = () => {} }) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('SET synchronous_commit = off');
    // Spares a look at the person and the client for each grant.
    await client.query('SET session_replication_role = replica');
    const grants = Math.ceil(count / (accessTokensOfGrant + 1));
    for (let done = 0; done < grants; done += batch) {
      progress(`filling the tables: ${(done * (accessTokensOfGrant + 1)).toLocaleString('en')} of ${count.toLocaleString('en')} tokens`);
      await client.query(fill, [done, Math.min(done + batch, grants), grants, clientId, userId]);
    }
    progress('gathering statistics');
    await client.query('VACUUM ANALYZE grants, refresh_tokens, access_tokens');
    await client.query('CHECKPOINT');
  } finally {
    await client.end();
  }
}

/** So many of them, from anywhere in the tables and not used up, each of another grant: `kind` is `at` or `rt`. */
export async function someFilledTokens(databaseUrl, kind, count) {
  const [table, unused] = kind === 'at' ? ['access_tokens', 'revoked_at IS NULL'] : ['refresh_tokens', 'rotated_at IS NULL'];
  const [{ there }] = await query(databaseUrl, `SELECT count(*)::int AS there FROM ${table}`);
  const percent = Math.min(100, (100 * Math.max(100_000, 10 * count)) / there);
  const rows = await query(
    databaseUrl,
    `SELECT id FROM (
       SELECT DISTINCT ON (grant_id) id FROM ${table} TABLESAMPLE SYSTEM (${percent}) WHERE digest = sha256(sha256(uuid_send(id))) AND ${unused}
     ) AS one_of_each_grant ORDER BY random() LIMIT $1`,
    [count],
  );
  if (rows.length < count) throw new Error(`only ${rows.length} of ${count} tokens are there to be asked for`);
  return rows.map(({ id }) => filledToken(kind, id));
}

/** The token of a row that was filled in: its secret is the SHA-256 of its key, so that the bench need not remember five million. */
function filledToken(kind, id) {
  const key = Buffer.from(id.replaceAll('-', ''), 'hex');
  const body = `kw_${kind}_${Buffer.concat([key, createHash('sha256').update(key).digest()]).toString('base64url')}`;
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return body + checksum.toString('base64url');
}

/** Grants $1 to $2 of $3, an hour's worth of moments; what descends from each in the same order, so that every index grows at its end. */
const fill = `
  WITH moments AS MATERIALIZED (
    SELECT date_trunc('milliseconds', now() - interval '1 hour' * (1 - n::float / $3)) AS at FROM generate_series($1::int, $2::int - 1) AS n
  ), new_grants AS (
    INSERT INTO grants (id, user_id, client_id, scopes, created_at, authenticated_at, needed_until)
    SELECT uuidv7(at - clock_timestamp()), $5::uuid, $4, ARRAY['default', 'profile'], at, at, now() + interval '1 day' FROM moments
    RETURNING id, created_at
  ), new_refresh_tokens AS (
    INSERT INTO refresh_tokens (id, digest, client_id, user_id, grant_id, scopes, resources, issued_at, expires_at, absolute_expires_at)
    SELECT id, sha256(sha256(uuid_send(id))), $4, $5::uuid, grant_id, ARRAY['default', 'profile'], '{}', at, now() + interval '1 day', now() + interval '1 day'
    FROM (SELECT uuidv7(created_at - clock_timestamp()) AS id, id AS grant_id, created_at AS at FROM new_grants) AS descends
  )
  INSERT INTO access_tokens (id, digest, client_id, user_id, grant_id, scopes, resources, issued_at, expires_at)
  SELECT id, sha256(sha256(uuid_send(id))), $4, $5::uuid, grant_id, ARRAY['default', 'profile'], '{}', at, now() + interval '1 day'
  FROM (
    SELECT uuidv7(created_at - clock_timestamp()) AS id, id AS grant_id, created_at AS at FROM new_grants, generate_series(1, ${accessTokensOfGrant})
  ) AS descends
`;
