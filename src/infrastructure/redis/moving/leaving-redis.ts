import type { LeavingStore, MovedChange, MoveState } from '../../../application/ports/moved-store.js';
import { besideRedisKinds } from '../../moving/moved-kinds.js';
import { RedisConnection } from '../redis-connection.js';
import { unawareName } from '../redis-keys.js';
import * as scripts from './move-scripts.js';
import { claimed, idOf, MovingRedis } from './moving-redis.js';
import { prefixOf } from './redis-records.js';

/** Opens the Redis that codes and tokens leave, for the database beside it. Throws `MoveRefused`, `StorageUnavailable`. */
export function leavingRedis(redisUrl: string, keyPrefix: string): Promise<LeavingRedis> {
  return claimed(new LeavingRedis(new RedisConnection(redisUrl, keyPrefix), keyPrefix, besideRedisKinds.toPostgres));
}

class LeavingRedis extends MovingRedis implements LeavingStore {
  async state(): Promise<MoveState | null> {
    const [destination, stage, progress] = (await this.redis.run(scripts.readMove)) as [string | null, string | null, string | null];
    if (destination === null) return null;
    return { destination, stage: stage === 'leaving' ? 'held' : (stage as MoveState['stage']), progress: JSON.parse(progress ?? '{}') };
  }

  async begin(destination: string): Promise<void> {
    await this.redis.run(scripts.beginMove, [], [destination]);
  }

  async reached(kind: string, place: string | true): Promise<void> {
    await this.redis.run(scripts.keepProgress, [], [JSON.stringify({ ...(await this.state())?.progress, [kind]: place })]);
  }

  async changes(limit: number): Promise<readonly MovedChange[]> {
    const keys = (await this.redis.run(scripts.readChanges, [], [limit])) as string[];
    return keys.map((text) => {
      const kind = this.kinds.find((one) => text.startsWith(prefixOf(one))) ?? '';
      return { id: text, kind, key: JSON.stringify([kind === '' ? text : text.slice(prefixOf(kind).length)]) };
    });
  }

  /** Notes are added at one end and taken away at the other, by this process alone. */
  async forget(changes: readonly MovedChange[]): Promise<void> {
    await this.redis.run(scripts.dropChanges, [], [changes.length]);
  }

  async noteChanged(kind: string, keys: readonly string[]): Promise<void> {
    if (keys.length > 0)
      await this.redis.run(
        scripts.addChanges,
        [],
        keys.map((key) => prefixOf(kind) + idOf(key)),
      );
  }

  /** None, where we may not ask who is there. */
  async unaware(): Promise<number> {
    const names = await this.redis.names().catch(() => []);
    return names.filter((name) => name === unawareName(this.keyPrefix)).length;
  }

  async hold(milliseconds: number): Promise<void> {
    await this.redis.run(scripts.holdMove, [], [milliseconds]);
  }

  async release(): Promise<void> {
    await this.redis.run(scripts.releaseMove);
  }

  async leave(spare: number, last: () => Promise<void>): Promise<boolean> {
    const pass = async (from: string, to: string) => (await this.redis.run(scripts.passStage, [], [spare, from, to])) === 1;
    if (!(await pass('held', 'leaving'))) return false;
    await last();
    return pass('leaving', 'moved');
  }

  async abandon(): Promise<void> {
    await this.redis.run(scripts.abandonMove);
  }
}
