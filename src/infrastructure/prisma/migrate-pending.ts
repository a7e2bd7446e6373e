import { databaseFacts } from './fitness/database-facts.js';
import { refuseUnfit } from './fitness/database-faults.js';
import { withConnection } from './migrate-connection.js';
import { migrationNames, ownMigrations } from './migrate-folder.js';
import { readHistory, refuseUnknown } from './migrate-history.js';

/** The names of the migrations this version needs and the database does not have; throws as `migrate` does. */
export async function pendingMigrations(databaseUrl: string, migrationsFolder = ownMigrations): Promise<readonly string[]> {
  const ours = await migrationNames(migrationsFolder);
  return withConnection(databaseUrl, async (client) => {
    refuseUnfit(await databaseFacts(client), databaseUrl, 'tables');
    const history = await readHistory(client, ours);
    refuseUnknown(history);
    return history.pending;
  });
}
