import { reasonOf, StorageUnavailable } from '../../application/ports/storage-unavailable.js';
import type { ConnectionChoice } from './connection-settings.js';
import { databaseIdentity } from './database-identity.js';
import { type DatabaseFacts, databaseFacts } from './fitness/database-facts.js';
import { type Purpose, refuseUnfit } from './fitness/database-faults.js';
import { MigrationError } from './migrate-error.js';
import { withStoreConnection } from './store-connection.js';

/** How a server is to reach its database, and past the pooler, where there is one. */
export type Ways = Required<Pick<ConnectionChoice, 'databaseUrl' | 'databaseDirectUrl' | 'pooled'>>;

/**
 * Would the store be let in as it is configured, to a database that it can use, and does the way past the pooler lead past it, and to the same tables? Throws
 * `StorageUnavailable` when one of them cannot be reached, and `MigrationError` when the configuration is wrong.
 */
export async function letIn({ databaseUrl, databaseDirectUrl, pooled }: Ways): Promise<void> {
  const { schema } = await fitFacts({ databaseUrl, pooled }, databaseDirectUrl === null ? 'tables' : 'rows');
  if (databaseDirectUrl === null) return;
  const direct = await fitFacts({ databaseUrl: databaseDirectUrl }, 'tables').catch((error: unknown) => {
    if (!(error instanceof StorageUnavailable) || error.advice !== undefined) throw error;
    throw new StorageUnavailable(new Error(`DATABASE_DIRECT_URL: ${reasonOf(error) || 'cannot be reached'}`, { cause: error }));
  });
  const [one, other] = await Promise.all([databaseIdentity(databaseUrl), databaseIdentity(databaseDirectUrl)]);
  if (one !== other) throw new MigrationError('DATABASE_DIRECT_URL leads to another database than DATABASE_URL');
  if (schema !== direct.schema) throw new MigrationError(`DATABASE_DIRECT_URL leads to the schema ${direct.schema}, and DATABASE_URL to ${schema}`);
}

function fitFacts(choice: ConnectionChoice, purpose: Purpose): Promise<DatabaseFacts> {
  return withStoreConnection(choice, async (client) => {
    const facts = await databaseFacts(client);
    refuseUnfit(facts, choice.databaseUrl, purpose);
    return facts;
  });
}
