import type { Expirable } from '../../../application/ports/expirable.js';
import { later } from '../../../domain/moments.js';
import { withConnection } from '../migrate-connection.js';
import { addPartitions } from './add-partitions.js';
import { dropPartitions, emptyPartitions } from './drop-partitions.js';

const day = 86_400;

/** Looks after the partitions of access tokens, on a connection of its own, so that it takes none from who serves, nor their deadlines. See docs/adr/0033. */
export class AccessTokenPartitions implements Expirable {
  /** `lifetime`: seconds that most access tokens live; longer ones cost more to get rid of. */
  constructor(
    private readonly databaseUrl: string,
    private readonly lifetime = 3600,
  ) {}

  /** Makes those of today and a window ahead. */
  prepare(): Promise<void> {
    return withConnection(this.databaseUrl, (client) => addPartitions(client, new Date(), this.lifetime));
  }

  /** Also drops those that are of no use any more, all of them at once, and moves what little is left of old ones into the rest; answers 0, because rows that go with their partition are not counted. */
  async purge(deadBefore: Date): Promise<number> {
    await withConnection(this.databaseUrl, async (client) => {
      await addPartitions(client, new Date(), this.lifetime);
      await dropPartitions(client, deadBefore);
      // By then the usual ones have been dead for a day more, and what is left are exceptions.
      await emptyPartitions(client, deadBefore, later(deadBefore, -day));
    });
    return 0;
  }
}
