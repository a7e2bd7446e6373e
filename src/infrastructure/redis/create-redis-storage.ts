import type { ClientRepository } from '../../application/ports/client-repository.js';
import type { Storage } from '../../application/ports/storage.js';
import { StorageUnavailable } from '../../application/ports/storage-unavailable.js';
import { closeAll } from '../close-all.js';
import { replacing } from '../replacing.js';
import { RedisAccessTokenRepository } from './redis-access-token-repository.js';
import { RedisAuthorizationCodeRepository } from './redis-authorization-code-repository.js';
import { RedisAuthorizationRequestRepository } from './redis-authorization-request-repository.js';
import { RedisConnection, type RunScript } from './redis-connection.js';
import { endingGrants } from './redis-ended-grants.js';
import { RedisHealing } from './redis-healing.js';
import { RedisIdempotencyRepository } from './redis-idempotency-repository.js';
import { keys, unawareName } from './redis-keys.js';
import { RedisMarkedVerbs } from './redis-marked-verbs.js';
import { RedisMarks } from './redis-marks.js';
import { RedisRefreshTokenRepository } from './redis-refresh-token-repository.js';
import { raiseMark } from './scripts/ends.js';
import { tryWriting } from './scripts/try-writing.js';
import { longestTimeToLive, TimeToLive, usualRetention } from './time-to-live.js';
import { TokenReach } from './token-reach.js';

export interface RedisChoice {
  /** `redis://` or `rediss://`, as the Redis client reads it. */
  readonly redisUrl: string;
  /** Before every key. */
  readonly keyPrefix?: string;
  /** Milliseconds for which what expired can still be told from what never was; a day when left out. */
  readonly retention?: number;
  /** Where everything is kept that must last: clients, people, sessions, consents, grants. */
  readonly lasting: Storage;
  /** This is the store that is left, of a server that knows of its move. */
  readonly leaving?: true;
}

/** Milliseconds between two looks at what has ended, besides those after each new connection. */
const healingPace = 60_000;

/**
 * Authorization requests, codes and tokens in Redis, everything else in another store. What was issued lasts as long as Redis remembers it: see
 * docs/adr/0026. Redis forgets by itself what has been dead for a day.
 */
export function createRedisStorage({ redisUrl, keyPrefix = 'keywright:', retention = usualRetention, lasting, leaving }: RedisChoice): Storage {
  const marks = new RedisMarks(lasting);
  const healing = new RedisHealing(lasting.revocations, marks);
  const redis = new RedisConnection(redisUrl, keyPrefix, (run) => healing.heal(run), leaving ? 'moving' : unawareName(keyPrefix));
  // So that little is left to be told again after a crash.
  const healingNow = setInterval(() => void redis.prepareAgain().catch(() => undefined), healingPace).unref();
  const run: RunScript = (...sent) => redis.run(...sent);
  const marked = new RedisMarkedVerbs(marks, run);
  const life = new TimeToLive(retention);
  const reach = new TokenReach(lasting.revocations);
  const grants = replacing(
    lasting.grants,
    endingGrants(lasting.grants, redis, async (markedUntil) => {
      if (!(await healing.tellLater(run, markedUntil))) await redis.prepareAgain();
    }),
  );
  return {
    ...lasting,
    clients: replacing(lasting.clients, { ...marked.ofClients(lasting.clients), revokeOwnTokens: revokingOwnTokens(lasting.clients, redis) }),
    users: replacing(lasting.users, marked.ofUsers(lasting.users)),
    grants,
    authorizationRequests: new RedisAuthorizationRequestRepository(redis, life),
    authorizationCodes: new RedisAuthorizationCodeRepository(redis, life, reach, grants),
    accessTokens: new RedisAccessTokenRepository(redis, life, reach, lasting.revocations, lasting.users),
    refreshTokens: new RedisRefreshTokenRepository(redis, life, reach, grants),
    idempotencyKeys: new RedisIdempotencyRepository(redis, life),
    async ping(thoroughly) {
      await lasting.ping(thoroughly);
      await readiness(redis);
    },
    close() {
      clearInterval(healingNow);
      return closeAll(
        () => redis.close(),
        () => lasting.close(),
      );
    },
  };
}

/** A Redis that throws keys away to make room could throw away the word that something has ended. */
async function readiness(redis: RedisConnection): Promise<void> {
  const info = await redis.info();
  const policy = info.get('maxmemory_policy');
  if (info.get('maxmemory') !== '0' && policy !== 'noeviction')
    throw new StorageUnavailable(undefined, {
      reason: `Redis throws keys away to make room: its maxmemory-policy is ${policy}`,
      advice: 'set it to noeviction, and maxmemory to what is needed',
    });
  await redis.run(tryWriting);
}

/** Ended here before the other store says so, and up to where that says: it may know of a later token, from the time when tokens were kept there. */
function revokingOwnTokens(clients: ClientRepository, redis: RedisConnection): ClientRepository['revokeOwnTokens'] {
  return async (id, at) => {
    if ((await clients.find(id)) === null) return null;
    const until = await redis.run(raiseMark, [keys.ownTokens(id), keys.newestOwnToken(id)], [at.getTime(), longestTimeToLive]);
    const stands = await clients.revokeOwnTokens(id, new Date(Number(until)));
    if (stands !== null && stands.getTime() > Number(until)) await redis.run(raiseMark, [keys.ownTokens(id)], [stands.getTime(), longestTimeToLive]);
    return stands;
  };
}
