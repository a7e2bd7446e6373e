import type { Client } from 'pg';
import { StoreUnfit } from '../../application/ports/store-unfit.js';

/** What `_prisma_migrations` says, compared with the migrations we have. */
export interface MigrationHistory {
  /** Ours that were not applied yet, in order. */
  readonly pending: readonly string[];
  /** Applied by a newer version; we do not know them. */
  readonly unknown: readonly string[];
  /** Begun and not finished: failed, unless somebody is at it right now. */
  readonly unfinished: readonly string[];
}

interface Row {
  readonly name: string;
  readonly finished: boolean;
}

export async function readHistory(client: Client, ours: readonly string[]): Promise<MigrationHistory> {
  const rows = await appliedRows(client);
  const finished = new Set(rows.filter((row) => row.finished).map(({ name }) => name));
  return {
    pending: ours.filter((name) => !finished.has(name)),
    unknown: [...finished].filter((name) => !ours.includes(name)).sort(),
    unfinished: rows.filter((row) => !row.finished && !finished.has(row.name)).map(({ name }) => name),
  };
}

/** Running on a schema of the future could lose what it keeps. */
export function refuseUnknown({ unknown }: MigrationHistory): void {
  if (unknown.length === 0) return;
  const newer = `the database was used by a newer version: it has ${namesOf(unknown)}, which this version does not know`;
  throw new StoreUnfit(newer, 'upgrade this program, or correct the address, if it is that of another program: Keywright needs a schema of its own');
}

/** To be asked when nobody is at it: what one of them changed is not known. */
export function refuseUnfinished({ unfinished }: Pick<MigrationHistory, 'unfinished'>): void {
  const [name] = unfinished;
  if (name === undefined) return;
  throw new StoreUnfit(
    `${name} was begun and not finished`,
    'see how far it came (_prisma_migrations has in logs what it was told) and take that back, or finish it; then: prisma migrate resolve --rolled-back, or --applied',
  );
}

function namesOf(migrations: readonly string[]): string {
  return migrations.length > 3 ? `${migrations.length} migrations from ${migrations[0]} on` : migrations.join(', ');
}

export async function hasHistory(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ present: boolean }>(
    `SELECT pg_catalog.to_regclass(pg_catalog.quote_ident(current_schema()::text) || '._prisma_migrations') IS NOT NULL AS present`,
  );
  return rows[0]?.present === true;
}

async function appliedRows(client: Client): Promise<Row[]> {
  if (!(await hasHistory(client))) return [];
  const { rows } = await client.query<Row>(
    'SELECT migration_name AS name, finished_at IS NOT NULL AS finished FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at',
  );
  return rows;
}
