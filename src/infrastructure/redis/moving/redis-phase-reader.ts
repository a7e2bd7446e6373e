import type { MovePhase } from '../../moving/phase-watch.js';
import { RedisConnection } from '../redis-connection.js';
import * as scripts from './move-scripts.js';

/** Asks a Redis that is left, or is to be, who decides. */
export function redisPhaseReader(redisUrl: string, keyPrefix: string): { read(): Promise<MovePhase>; close(): Promise<void> } {
  const redis = new RedisConnection(redisUrl, keyPrefix);
  return { read: async () => (await redis.run(scripts.readPhase)) as MovePhase, close: () => redis.close() };
}
