import { inSchema } from './database-address.js';
import { seenFit } from './fitness/seen-fit.js';

/** The address of a database that can be used, and to which no pooler leads, whose sessions stay in the schema to which it leads now. Throws as `seenFit` does. */
export async function stayingInItsSchema(databaseUrl: string): Promise<string> {
  const { schema } = await seenFit({ databaseUrl }, 'tables');
  return inSchema(databaseUrl, schema);
}
