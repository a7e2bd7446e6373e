import type { ConnectionChoice } from '../connection-settings.js';
import { type DatabaseIdentity, identityOf } from '../database-identity.js';
import { withStoreConnection } from '../store-connection.js';
import { databaseFacts } from './database-facts.js';
import { type Purpose, refuseUnfit } from './database-faults.js';

interface Seen {
  /** To which the search path of the role leads. */
  readonly schema: string;
  readonly identity: DatabaseIdentity;
}

/** What is seen of a database that can be used, over a connection like those of the store. Throws as `withStoreConnection` and `refuseUnfit` do. */
export function seenFit(choice: ConnectionChoice, purpose: Purpose): Promise<Seen> {
  return withStoreConnection(choice, async (client) => {
    const facts = await databaseFacts(client);
    refuseUnfit(facts, choice.databaseUrl, purpose);
    return { schema: facts.schema, identity: await identityOf(client) };
  });
}
