import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { now, plus } from '../../../src/adapter-kit/fixtures.js';
import { givenTokens } from '../../../src/adapter-kit/given.js';
import { rotationOf } from '../../../src/adapter-kit/token-fixtures.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import { StorageUnavailable } from '../../../src/application/ports/storage-unavailable.js';
import { createMemoryStorage } from '../../../src/infrastructure/memory/create-memory-storage.js';
import { createRedisStorage } from '../../../src/infrastructure/redis/create-redis-storage.js';
import { replacing } from '../../../src/infrastructure/replacing.js';
import { hasRedis, lowerScores, redisSpace, timeToLive } from '../../support/redis.js';

const away = () => Promise.reject(new StorageUnavailable(new Error('away')));
/** A store beside Redis of which verbs can be replaced while it is used, and instances over both. */
async function givenBoth() {
  const space = await redisSpace();
  const memory = createMemoryStorage();
  const verbs: { users: Partial<Storage['users']>; clients: Partial<Storage['clients']> } = { users: {}, clients: {} };
  const lasting = { ...memory, users: replacing(memory.users, verbs.users), clients: replacing(memory.clients, verbs.clients) };
  const open = () => {
    const storage = createRedisStorage({ ...space, lasting });
    onTestFinished(() => storage.close());
    return storage;
  };
  const leftOf = (key: string) => timeToLive(space.redisUrl, space.keyPrefix + key);
  /** As if every mark had been in doubt for an hour. */
  const age = () => lowerScores(space.redisUrl, `${space.keyPrefix}doubts`, 3_600_000_000);
  return { memory, verbs, open, leftOf, age };
}

type Family = Awaited<ReturnType<typeof givenTokens>>;
const outcomeOf = async (storage: Storage, { refreshToken, grant }: Family) => (await storage.refreshTokens.rotate(rotationOf(refreshToken, grant))).outcome;

/** What can be marked, and the verbs of the other store that end it. */
const endings: [string, 'users' | 'clients', string, (storage: Storage, family: Family) => Promise<unknown>][] = [
  ['disabling a person', 'users', 'setDisabled', (storage, { grant }) => storage.users.setDisabled(grant.userId, now)],
  ['removing a person', 'users', 'remove', (storage, { grant }) => storage.users.remove(grant.userId, now)],
  ['removing a client', 'clients', 'remove', (storage, { grant }) => storage.clients.remove(grant.clientId, now)],
];

describe.skipIf(!hasRedis)('what the other store decides about a person or client', () => {
  describe.each(endings)('%s', (_, port, verb, end) => {
    it('is in Redis before, so that nothing is obtained once it is done', async () => {
      const { memory, verbs, open } = await givenBoth();
      const storage = open();
      const family = await givenTokens(storage);
      let meanwhile = '';
      Object.assign(verbs[port], {
        [verb]: async (...input: unknown[]) => {
          meanwhile = await outcomeOf(storage, family);
          return Reflect.apply(Reflect.get(memory[port], verb), memory[port], input) as unknown;
        },
      });
      await end(storage, family);
      expect([meanwhile, await outcomeOf(storage, family)]).toEqual(['revoked', 'revoked']);
    });

    it('ends nothing when the other store could not do it', async () => {
      const { verbs, open } = await givenBoth();
      const storage = open();
      const family = await givenTokens(storage);
      Object.assign(verbs[port], { [verb]: away });
      await expect(end(storage, family)).rejects.toBeInstanceOf(StorageUnavailable);
      expect(await outcomeOf(storage, family)).toBe('rotated');
    });

    it.each<[string, () => Promise<unknown>]>([
      ['says nothing more, as soon as it does', away],
      ['never came to an end, as when the process was killed, soon', () => new Promise(() => undefined)],
    ])('ends nothing when the other store %s', async (__, fails) => {
      const { verbs, open, age } = await givenBoth();
      const storage = open();
      const family = await givenTokens(storage);
      const find = verbs[port].find;
      const asked = new Promise<void>((asks) => {
        Object.assign(verbs[port], {
          [verb]: () => {
            Object.assign(verbs[port], { find: away });
            asks();
            return fails();
          },
        });
      });
      void end(storage, family).catch(() => undefined);
      await asked;
      expect(await outcomeOf(storage, family)).toBe('revoked');
      await age();
      if (find) Object.assign(verbs[port], { find });
      else delete verbs[port].find;
      expect(await outcomeOf(open(), family)).toBe('rotated');
    });

    it('is kept in Redis as long as anything may live that it ends, and no doubt is left', async () => {
      const { open, leftOf } = await givenBoth();
      const storage = open();
      const family = await givenTokens(storage);
      await end(storage, family);
      const key = port === 'users' ? `shut-out:${family.grant.userId}` : `removed-client:${family.grant.clientId}`;
      expect(await leftOf(key)).toBeGreaterThan(10 * 366 * 86_400_000);
      expect(await leftOf('doubts')).toBe(-2);
    });
  });

  it('a doubt that somebody else raised meanwhile stays, for whoever raised it may come to nothing', async () => {
    const { memory, verbs, open, age } = await givenBoth();
    const [one, other] = [open(), open()];
    const family = await givenTokens(one);
    const { userId } = family.grant;
    /** How they stand, as the first one reads it; then the other one marks them, and dies. */
    const findBeforeMarked: Storage['users']['find'] = async (id) => {
      const user = await memory.users.find(id);
      delete verbs.users.find;
      const marked = new Promise<void>((done) => {
        verbs.users.setDisabled = () => {
          done();
          return new Promise(() => undefined);
        };
      });
      void other.users.setDisabled(userId, now);
      await marked;
      return user;
    };
    let read = 0;
    verbs.users.setDisabled = async (...input) => {
      const done = await memory.users.setDisabled(...input);
      // Once to bring the mark to what the store says, and once more to see that it stands.
      verbs.users.find = async (id) => (++read === 2 ? findBeforeMarked(id) : memory.users.find(id));
      return done;
    };
    await one.users.setDisabled(userId, null);
    await age();
    expect(await outcomeOf(open(), family)).toBe('rotated');
  });

  it('an attempt in vain on the last administrator ends nothing of theirs, not for a moment', async () => {
    const { memory, verbs, open } = await givenBoth();
    const storage = open();
    const family = await givenTokens(storage);
    await storage.users.promote(family.grant.userId);
    let meanwhile = '';
    verbs.users.setDisabled = async (...input) => {
      meanwhile = await outcomeOf(storage, family);
      return memory.users.setDisabled(...input);
    };
    expect(await storage.users.setDisabled(family.grant.userId, now, 'last_administrator')).toBe(false);
    expect(meanwhile).toBe('rotated');
    expect(await storage.users.setDisabled(family.grant.userId, now)).toBe(true);
    expect((await storage.accessTokens.findWithUser(family.accessToken.id))?.user?.disabledAt).toEqual(now);
  });

  it('is in Redis what it is there, however many disable and enable a person at once', async () => {
    const { memory, verbs, open } = await givenBoth();
    const instances = [open(), open(), open()] as const;
    const aWhile = () => pause(Math.random() * 4);
    verbs.users.setDisabled = async (...input) => {
      await aWhile();
      const done = await memory.users.setDisabled(...input);
      await aWhile();
      return done;
    };
    verbs.users.find = async (id) => {
      await aWhile();
      const user = await memory.users.find(id);
      await aWhile();
      return user;
    };
    for (let round = 0; round < 30; round += 1) {
      const family = await givenTokens(instances[0]);
      const { userId } = family.grant;
      await Promise.all(instances.map((one, index) => one.users.setDisabled(userId, (index + round) % 2 === 0 ? plus(index) : null)));
      const disabled = (await memory.users.find(userId))?.disabledAt !== null;
      expect(await outcomeOf(instances[1], family), `round ${round}`).toBe(disabled ? 'revoked' : 'rotated');
    }
  });
});
