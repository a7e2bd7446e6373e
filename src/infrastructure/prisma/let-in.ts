import { reasonOf, StorageUnavailable } from '../../application/ports/storage-unavailable.js';
import type { ConnectionChoice } from './connection-settings.js';
import { databaseIdentity } from './database-identity.js';
import { databaseTime } from './database-time.js';
import { MigrationError } from './migrate-error.js';

/** How a server is to reach its database, and past the pooler, where there is one. */
export type Ways = Required<Pick<ConnectionChoice, 'databaseUrl' | 'databaseDirectUrl' | 'pooled'>>;

/**
 * Would the store be let in as it is configured, and does the way past the pooler lead past it, and to the same database? Throws `StorageUnavailable` when one of
 * them cannot be reached, and `MigrationError` when the configuration is wrong.
 */
export async function letIn({ databaseUrl, databaseDirectUrl, pooled }: Ways): Promise<void> {
  await databaseTime({ databaseUrl, pooled });
  if (databaseDirectUrl === null) return;
  try {
    await databaseTime({ databaseUrl: databaseDirectUrl });
  } catch (error) {
    if (!(error instanceof StorageUnavailable)) throw error;
    throw new StorageUnavailable(new Error(`DATABASE_DIRECT_URL: ${reasonOf(error) || 'cannot be reached'}`, { cause: error }));
  }
  const [one, other] = await Promise.all([databaseIdentity(databaseUrl), databaseIdentity(databaseDirectUrl)]);
  if (one !== other) throw new MigrationError('DATABASE_DIRECT_URL leads to another database than DATABASE_URL');
}
