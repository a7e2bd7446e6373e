import type { Client } from 'pg';
import { type ConnectionChoice, connectionSettings } from './connection-settings.js';
import { poolerBetween, withConnection } from './migrate-connection.js';

/** Of no use but to see whether it arrives: a pooler may be told to take what it does not pass on (`ignore_startup_parameters`). */
const mark = '-c keywright.heard=yes';

/**
 * Lends a connection like those of the store to `work` and closes it. Throws `StorageUnavailable` when the database cannot be reached, and `StoreUnfit` when
 * such a connection is refused, or is not what was asked for: there is a pooler that `choice` does not tell of.
 */
export function withStoreConnection<T>(choice: ConnectionChoice, work: (client: Client) => Promise<T>): Promise<T> {
  const settings = connectionSettings(choice, mark);
  return withConnection(
    choice.databaseUrl,
    async (client) => {
      const { rows } = await client.query<{ heard: boolean }>("SELECT pg_catalog.current_setting('keywright.heard', true) IS NOT DISTINCT FROM 'yes' AS heard");
      if (!rows[0]?.heard && !choice.pooled) throw poolerBetween(choice.databaseUrl);
      return work(client);
    },
    settings,
  );
}
