import type { Client } from 'pg';
import { databaseFacts } from './fitness/database-facts.js';
import { refuseUnfit } from './fitness/database-faults.js';
import { applyApart } from './migrate-apart.js';
import { withConnection } from './migrate-connection.js';
import { migrationNames, ownMigrations } from './migrate-folder.js';
import { readHistory, refuseUnknown } from './migrate-history.js';

export interface MigrateOptions {
  readonly databaseUrl: string;
  /** A folder as `prisma migrate` writes it; this package's own unless named. */
  readonly migrationsFolder?: string;
}

/** Held by the instance that migrates. Ours beside the engine's own lock, for which the engine waits no longer than ten seconds. The bytes of "keym". */
const migrationLock = 0x6b65796d;

/**
 * Brings the database to the state this version needs and answers the names of the migrations it applied; none when there was nothing to do. Instances that
 * start together wait for each other. Throws `StoreUnfit` when an operator has to act, `StorageUnavailable` when the server cannot be reached.
 */
export async function migrate({ databaseUrl, migrationsFolder = ownMigrations }: MigrateOptions): Promise<{ readonly applied: readonly string[] }> {
  const ours = await migrationNames(migrationsFolder);
  return withConnection(databaseUrl, async (client) => {
    refuseUnfit(await databaseFacts(client), databaseUrl, 'tables');
    if (await upToDate(client, ours)) return { applied: [] };
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    if (await upToDate(client, ours)) return { applied: [] };
    return { applied: await applyApart({ databaseUrl, folder: migrationsFolder }) };
  });
}

async function upToDate(client: Client, ours: readonly string[]): Promise<boolean> {
  const history = await readHistory(client, ours);
  refuseUnknown(history);
  return history.pending.length === 0 && history.unfinished.length === 0;
}
