import { databaseFacts } from './fitness/database-facts.js';
import { refuseUnfit } from './fitness/database-faults.js';
import { takeTurn } from './migrate-alone.js';
import { unbounded, withConnection } from './migrate-connection.js';
import { migrationScripts, ownMigrations } from './migrate-folder.js';
import { readHistory, refuseUnfinished, refuseUnknown } from './migrate-history.js';
import { watchingLocks } from './migrate-lock-watch.js';
import { type LockPatience, unlessStopped } from './migrate-patience.js';
import { applyPatiently } from './migrate-patiently.js';
import { prepareHistory } from './migrate-record.js';
import { sqlName } from './sql-name.js';

export interface MigrateOptions extends Partial<LockPatience> {
  readonly databaseUrl: string;
  /** A folder as `prisma migrate` writes it; this package's own unless named. */
  readonly migrationsFolder?: string;
}

/**
 * Brings the database to the state this version needs and answers the names of the migrations it applied; none when there was nothing to do. Instances that
 * start together wait for each other, and requests for nobody (docs/adr/0047). All of it goes over one connection: with it the turn would be lost. Throws `StoreUnfit`
 * when an operator has to act, `StorageUnavailable` when the server cannot be reached, or others hold what has to be changed for longer than `waitForLocks`,
 * three minutes; the reason of `stopped` where that comes before a script has begun, or while others are waited for.
 */
export async function migrate(options: MigrateOptions): Promise<{ readonly applied: readonly string[] }> {
  const { databaseUrl, migrationsFolder = ownMigrations, waitForLocks = 180_000, log, stopped } = options;
  const patience = { waitForLocks, log, stopped };
  // Before the database is asked: a folder that cannot be read is no outage.
  const scripts = await migrationScripts(migrationsFolder);
  const ours = scripts.map(({ name }) => name);
  return withConnection(databaseUrl, async (client) => {
    const history = async () => {
      const found = await unlessStopped(readHistory(client, ours), stopped);
      refuseUnknown(found);
      return found;
    };
    await unbounded(client);
    const facts = await databaseFacts(client);
    refuseUnfit(facts, databaseUrl, 'tables');
    // Others are waited for, and may make a schema that comes before it.
    await client.query("SELECT pg_catalog.set_config('search_path', $1, false)", [sqlName(facts.schema)]);
    const { pending, unfinished } = await history();
    if (pending.length + unfinished.length === 0) return { applied: [] };
    // What a script means does not depend on where it is run.
    await client.query("SET TimeZone = 'UTC'");
    await takeTurn(client, patience);
    const { pending: left, ...others } = await history();
    refuseUnfinished(others);
    if (left.length === 0) return { applied: [] };
    await prepareHistory(client);
    await watchingLocks(databaseUrl, client, async (lastSeen) => {
      for (const script of scripts.filter(({ name }) => left.includes(name))) await applyPatiently(client, script, lastSeen, patience);
    });
    return { applied: left };
  });
}
