import type { Ending, EndReason, Grant } from '../../domain/authorization/grant.js';
import type { RedisConnection, Reply } from './redis-connection.js';
import { endGrant } from './scripts/ends.js';
import { leastTimeToLive } from './time-to-live.js';

/** How a grant ended. `first`: it did so by this call. */
interface NotedEnd {
  readonly ending: Ending;
  readonly first: boolean;
}

/** Notes in Redis that a grant has ended; from then on nothing that descends from it is good. Answers how it ended: the first reason stays, and of one whose client and person are told (`of`) also that of a mark. */
export async function noteEnd(
  redis: RedisConnection,
  grantId: string,
  reason: EndReason,
  at: Date,
  of?: Pick<Grant, 'clientId' | 'userId'> | null,
): Promise<NotedEnd> {
  const reply = await redis.run(endGrant, [], [grantId, at.getTime(), reason, leastTimeToLive, ...(of ? [of.clientId, of.userId] : [])]);
  const [, , first] = reply as [string, EndReason, number];
  return { ending: endingFrom(reply), first: first === 1 };
}

/** A moment and a reason, as the scripts answer them. */
export function endingFrom(reply: Reply): Ending {
  const [at, reason] = reply as [string, EndReason];
  return { at: new Date(Number(at)), reason };
}
