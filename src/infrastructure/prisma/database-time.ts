import { type ConnectionChoice, connectionSettings } from './connection-settings.js';
import { poolerBetween, withConnection } from './migrate-connection.js';

/** Of no use but to see whether it arrives: a pooler may be told to take what it does not pass on (`ignore_startup_parameters`). */
const mark = '-c keywright.heard=yes';

/**
 * The time by the database's own clock, asked on a connection like those of the store. Throws `StorageUnavailable` when it cannot be reached, and `MigrationError`
 * when such a connection is refused, or is not what was asked for: there is a pooler that `choice` does not tell of.
 */
export function databaseTime(choice: ConnectionChoice): Promise<Date> {
  return withConnection(
    choice.databaseUrl,
    async (client) => {
      const { rows } = await client.query<{ now: Date; heard: boolean }>(
        "SELECT clock_timestamp() AS now, current_setting('keywright.heard', true) IS NOT DISTINCT FROM 'yes' AS heard",
      );
      const { now, heard } = rows[0] as { now: Date; heard: boolean };
      if (!heard && !choice.pooled) throw poolerBetween(choice.databaseUrl);
      return now;
    },
    connectionSettings(choice, mark),
  );
}
