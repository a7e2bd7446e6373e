import { reasonOf, StorageUnavailable } from '../../application/ports/storage-unavailable.js';
import { StoreUnfit } from '../../application/ports/store-unfit.js';
import type { ConnectionChoice } from './connection-settings.js';
import { areApart } from './database-identity.js';
import { seenFit } from './fitness/seen-fit.js';

/** How a server is to reach its database, and past the pooler, where there is one. */
export type Ways = Required<Pick<ConnectionChoice, 'databaseUrl' | 'databaseDirectUrl' | 'pooled'>>;

/**
 * Would the store be let in as it is configured, to a database that it can use, and does the way past the pooler lead past it, and to the same tables? Answers the
 * schema to which it does. Throws `StorageUnavailable` when one of them cannot be reached, and `StoreUnfit` when the configuration is wrong.
 */
export async function letIn({ databaseUrl, databaseDirectUrl, pooled }: Ways): Promise<string> {
  const { schema, identity } = await seenFit({ databaseUrl, pooled }, databaseDirectUrl === null ? 'tables' : 'rows');
  if (databaseDirectUrl === null) return schema;
  const direct = await seenFit({ databaseUrl: databaseDirectUrl }, 'tables').catch((error: unknown) => {
    if (!(error instanceof StorageUnavailable) || error.advice !== undefined) throw error;
    throw new StorageUnavailable(new Error(`DATABASE_DIRECT_URL: ${reasonOf(error) || 'cannot be reached'}`, { cause: error }));
  });
  if (areApart(identity, direct.identity)) throw new StoreUnfit('DATABASE_DIRECT_URL leads to another database than DATABASE_URL');
  if (schema !== direct.schema) throw new StoreUnfit(`DATABASE_DIRECT_URL leads to the schema ${direct.schema}, and DATABASE_URL to ${schema}`);
  return schema;
}
