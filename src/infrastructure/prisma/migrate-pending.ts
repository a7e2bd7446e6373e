import { withConnection } from './migrate-connection.js';
import { migrationNames, ownMigrations } from './migrate-folder.js';
import { readHistory, refuseUnknown } from './migrate-history.js';

/** The names of the migrations this version needs and the database does not have. Whether it can be used is asked before (`letIn`); throws `StoreUnfit` where a newer version has used it. */
export async function pendingMigrations(databaseUrl: string, migrationsFolder = ownMigrations): Promise<readonly string[]> {
  const ours = await migrationNames(migrationsFolder);
  return withConnection(databaseUrl, async (client) => {
    const history = await readHistory(client, ours);
    refuseUnknown(history);
    return history.pending;
  });
}
