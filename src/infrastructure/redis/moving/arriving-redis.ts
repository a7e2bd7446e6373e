import type { ArrivingStore } from '../../../application/ports/moved-store.js';
import type { AccessToken } from '../../../domain/tokens/access-token.js';
import { MoveRefused } from '../../moving/move-refused.js';
import { besideRedisKinds } from '../../moving/moved-kinds.js';
import { RedisConnection } from '../redis-connection.js';
import { keys } from '../redis-keys.js';
import { raiseMark } from '../scripts/ends.js';
import { longestTimeToLive, usualRetention } from '../time-to-live.js';
import * as scripts from './move-scripts.js';
import { claimed, idOf, MovingRedis } from './moving-redis.js';
import { prefixOf, redisKinds } from './redis-records.js';

/** Milliseconds for which it is remembered that a grant has ended until what descends from it came too: longer than a copy takes. */
const endsLast = 7 * 86_400_000;

/** Opens the Redis that codes and tokens move to, from the database beside it. Throws `MoveRefused`, `StorageUnavailable`. */
export function arrivingRedis(redisUrl: string, keyPrefix: string): Promise<ArrivingRedis> {
  return claimed(new ArrivingRedis(new RedisConnection(redisUrl, keyPrefix), keyPrefix, besideRedisKinds.fromPostgres));
}

class ArrivingRedis extends MovingRedis implements ArrivingStore {
  async prepare(): Promise<void> {
    if (((await this.redis.run(scripts.readMove)) as (string | null)[])[1] !== null)
      throw new MoveRefused('these keys of Redis have themselves moved elsewhere: take another REDIS_PREFIX');
    for (const kind of this.kinds)
      if ((await this.count(kind)) > 0) throw new MoveRefused(`Redis is not empty: there is something under ${prefixOf(kind)}; take another REDIS_PREFIX`);
  }

  /** Record by record; not in one step, but what is there twice is the same. */
  async apply(batches: Parameters<ArrivingStore['apply']>[0]): Promise<'applied'> {
    for (const { kind, put, remove } of batches) {
      await Promise.all(put.map(({ key, value }) => this.put(kind, idOf(key), value as Record<string, unknown>)));
      // An end that was taken back is one of a person who was let in again.
      if (remove.length > 0 && kind !== 'endedGrants')
        await this.redis.run(
          scripts.dropKeys,
          remove.map((key) => prefixOf(kind) + idOf(key)),
        );
    }
    return 'applied';
  }

  async arrive(): Promise<void> {}

  private async put(kind: string, id: string, value: Record<string, unknown>): Promise<void> {
    const key = prefixOf(kind) + id;
    const known = redisKinds[kind];
    if (known === undefined) {
      const { at, reason } = value as { at: Date; reason?: string };
      if (kind === 'endedGrants') await this.redis.run(scripts.putEnd, [key], [endsLast, at.getTime(), reason ?? '']);
      else await this.redis.run(scripts.putMark, [key], [longestTimeToLive, at.getTime()]);
      return;
    }
    const { fields, expiresAt, grantId } = known.fields(value);
    const life = Math.max(0, expiresAt.getTime() - Date.now()) + usualRetention;
    await this.redis.run(scripts.putHash, [key], [life, grantId ?? '', ...Object.entries(fields).flat()]);
    if (kind === 'accessTokens' && grantId === null) {
      const { clientId, issuedAt } = value as Pick<AccessToken, 'clientId' | 'issuedAt'>;
      await this.redis.run(raiseMark, [keys.newestOwnToken(clientId)], [issuedAt.getTime(), life]);
    }
  }
}
