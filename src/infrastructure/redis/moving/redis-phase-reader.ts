import type { MoveStage } from '../../../application/ports/moved-store.js';
import { closingAfter } from '../../close-all.js';
import type { MovePhase } from '../../moving/phase-watch.js';
import { RedisConnection } from '../redis-connection.js';
import * as scripts from './move-scripts.js';

/** Asks a Redis that is left, or is to be, who decides. */
export function redisPhaseReader(redisUrl: string, keyPrefix: string): { read(): Promise<MovePhase>; close(): Promise<void> } {
  const redis = new RedisConnection(redisUrl, keyPrefix);
  return { read: async () => (await redis.run(scripts.readPhase)) as MovePhase, close: () => redis.close() };
}

const stages: Readonly<Record<MovePhase, MoveStage>> = { old: 'copying', held: 'held', new: 'moved' };

/** How far the move of a Redis is; `null`: none was begun. Ends a hold that nobody ended in time, as a server does. Throws `StorageUnavailable`. */
export async function redisMove(redisUrl: string, keyPrefix: string): Promise<MoveStage | null> {
  const redis = new RedisConnection(redisUrl, keyPrefix);
  const stage = async () => {
    const [destination] = (await redis.run(scripts.readMove)) as [string | null];
    return destination === null ? null : stages[(await redis.run(scripts.readPhase)) as MovePhase];
  };
  return closingAfter(stage, () => redis.close());
}
