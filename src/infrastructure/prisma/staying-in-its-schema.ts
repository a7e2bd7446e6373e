import { inSchema } from './database-address.js';
import { databaseFacts } from './fitness/database-facts.js';
import { refuseUnfit } from './fitness/database-faults.js';
import { withConnection } from './migrate-connection.js';

/** The address of a database that can be used, whose sessions stay in the schema to which it leads now. Throws as `migrate` does. */
export function stayingInItsSchema(databaseUrl: string): Promise<string> {
  return withConnection(databaseUrl, async (client) => {
    const facts = await databaseFacts(client);
    refuseUnfit(facts, databaseUrl, 'tables');
    return inSchema(databaseUrl, facts.schema);
  });
}
