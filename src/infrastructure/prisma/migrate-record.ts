import { createHash, randomUUID } from 'node:crypto';
import type { Client, DatabaseError } from 'pg';
import { StoreUnfit } from '../../application/ports/store-unfit.js';
import type { MigrationScript } from './migrate-folder.js';
import { hasHistory } from './migrate-history.js';

/** As Prisma makes it, so that `prisma migrate status` and `deploy` go on from what is written here, and this from what they write. */
const table = `CREATE TABLE _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

/** Tables that nobody put there but an extension are no sign of another program. */
const othersTable = `SELECT relname AS name FROM pg_class c WHERE relkind = 'r' AND relnamespace = pg_catalog.quote_ident(current_schema()::text)::regnamespace
  AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e') LIMIT 1`;

/** Makes the history where there is none. A schema that has tables without one is another program's, or its history was lost: `StoreUnfit`. */
export async function prepareHistory(client: Client): Promise<void> {
  if (await hasHistory(client)) return;
  const { rows } = await client.query<{ name: string }>(othersTable);
  if (rows[0])
    throw new StoreUnfit(`the schema has tables (${rows[0].name}) and no record of migrations`, 'give Keywright a database, or a schema, of its own');
  await client.query(table);
}

/** Answers the id of the row, by which it is addressed from then on: a name may have several, of tries that were taken back. */
export async function noteBegun(client: Client, { name, sql }: MigrationScript): Promise<string> {
  const id = randomUUID();
  const checksum = createHash('sha256').update(sql).digest('hex');
  await client.query('INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)', [id, checksum, name]);
  return id;
}

/** Throws `StoreUnfit` where the row is not there: the script took it back, or away, with the transaction in which it was applied. */
export async function noteFinished(client: Client, id: string, { name }: MigrationScript): Promise<void> {
  const { rowCount } = await client.query('UPDATE _prisma_migrations SET applied_steps_count = 1, finished_at = pg_catalog.clock_timestamp() WHERE id = $1', [
    id,
  ]);
  if (rowCount !== 1)
    throw new StoreUnfit(
      `${name} ends the transaction in which it is applied, and so is not recorded`,
      'see what it did, take that back, and leave out its ROLLBACK or PREPARE TRANSACTION',
    );
}

/** `false`: the row is not there, as it went with all that the script had done. */
export async function noteFailed(client: Client, id: string, { code, message }: DatabaseError): Promise<boolean> {
  const { rowCount } = await client.query('UPDATE _prisma_migrations SET logs = $2 WHERE id = $1', [id, `${code}: ${message}`]);
  return rowCount === 1;
}

/** Of a script that has changed nothing. */
export async function forget(client: Client, id: string): Promise<void> {
  await client.query('DELETE FROM _prisma_migrations WHERE id = $1', [id]);
}
