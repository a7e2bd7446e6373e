import { isDeepStrictEqual } from 'node:util';
import type { GrantRepository } from '../../application/ports/grant-repository.js';
import { isUuid } from '../../domain/is-uuid.js';
import type { RedisConnection } from './redis-connection.js';
import { noteEnd } from './redis-end-of-grants.js';
import { keys } from './redis-keys.js';
import { addMark } from './scripts/ends.js';
import { longestTimeToLive } from './time-to-live.js';

/**
 * What happens in Redis beside the verbs by which grants end in another store: first the end is noted, so that whatever is interrupted between the two,
 * nothing lives on that was to end. By whom a grant was revoked is decided where its reason is: here. `tellLater`: see `RedisHealing`.
 */
export function endingGrants(
  grants: GrantRepository,
  redis: RedisConnection,
  tellLater: (markedUntil: Date) => Promise<void>,
): Pick<GrantRepository, 'add' | 'revoke' | 'revokeAll'> {
  return {
    async add(grant) {
      await grants.add(grant);
      if (grant.revoked) await noteEnd(redis, grant.id, grant.revoked.reason, grant.revoked.at);
    },
    async revoke(id, reason, at) {
      if (!isUuid(id)) return false;
      const grant = await grants.find(id);
      const before = grant?.revoked;
      if (before) {
        await noteEnd(redis, id, before.reason, before.at);
        return false;
      }
      // It may be ended with others just now: then it is under their mark here already.
      const { ending, first } = await noteEnd(redis, id, reason, at, grant);
      const written = await grants.revoke(id, ending.reason, ending.at);
      // Of several at once another may have written the end there that this one has noted here first.
      return first && (written || isDeepStrictEqual((await grants.find(id))?.revoked, ending));
    },
    async revokeAll(of, reason, at) {
      await redis.run(addMark, [endsOf({ userId: null, clientId: null, ...of })], [at.getTime(), reason, longestTimeToLive]);
      const revoked = await grants.revokeAll(of, reason, at);
      // Also where nothing is left to be told: over a connection that was made anew since, the whole is told first, and the mark with it if it was lost.
      await tellLater(at);
      return revoked;
    },
  };
}

/** Where it is noted that all grants of a person, a client or both have ended. */
export function endsOf({ userId, clientId }: { readonly userId: string | null; readonly clientId: string | null }): string {
  if (userId !== null && clientId !== null) return keys.endsOfPair(userId, clientId);
  return userId !== null ? keys.endsOfUser(userId) : keys.endsOfClient(clientId ?? '');
}
