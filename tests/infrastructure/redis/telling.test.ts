import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '@redis/client';
import { describe, expect, it, onTestFinished } from 'vitest';
import { plus } from '../../../src/adapter-kit/fixtures.js';
import { givenTokens } from '../../../src/adapter-kit/given.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import { StorageUnavailable } from '../../../src/application/ports/storage-unavailable.js';
import { uuid7 } from '../../../src/domain/tokens/uuid7.js';
import { createMemoryStorage } from '../../../src/infrastructure/memory/create-memory-storage.js';
import { createRedisStorage } from '../../../src/infrastructure/redis/create-redis-storage.js';
import { replacing } from '../../../src/infrastructure/replacing.js';
import { lineTo } from '../../support/line-to.js';
import { hasRedis, lowerScores, redisSpace, startRedis } from '../../support/redis.js';

const away = () => Promise.reject(new StorageUnavailable(new Error('away')));
/** When all is ended, and when, by a clock that is ahead, the grants were made that are ended. */
const [end, ahead] = [plus(5000), plus(8000)];

/** Instances over one Redis and one store beside it, of which verbs can be replaced while it is used. */
async function givenInstances(space?: { readonly redisUrl: string; readonly keyPrefix: string }) {
  const { redisUrl, keyPrefix } = space ?? (await redisSpace());
  const memory = createMemoryStorage();
  const verbs: { grants: Partial<Storage['grants']>; revocations: Partial<Storage['revocations']>; users: Partial<Storage['users']> } = {
    grants: {},
    revocations: {},
    users: {},
  };
  const lasting: Storage = {
    ...memory,
    grants: replacing(memory.grants, verbs.grants),
    revocations: replacing(memory.revocations, verbs.revocations),
    users: replacing(memory.users, verbs.users),
  };
  /** One that is connected, and was told all that had ended by then. */
  const open = async (url = redisUrl) => {
    const storage = createRedisStorage({ redisUrl: url, keyPrefix, lasting });
    onTestFinished(() => storage.close());
    await storage.ping();
    return storage;
  };
  return { redisUrl, keyPrefix, memory, verbs, open };
}

type Family = Awaited<ReturnType<typeof givenTokens>>;
const madeAhead = (storage: Storage) => givenTokens(storage, { grant: { id: uuid7(ahead), createdAt: ahead } });
const disconnect = (storage: Storage, { grant: { userId, clientId } }: Family) => storage.grants.revokeAll({ userId, clientId }, 'revoked_by_person', end);
const endOf = async (storage: Storage, { accessToken }: Family) => (await storage.accessTokens.find(accessToken.id))?.ended;
const ended = { at: end, reason: 'revoked_by_person' };

describe.skipIf(!hasRedis)('what an act that ended all of a person or client tells Redis', () => {
  it('is what it did itself, however much others have ended or left in doubt: two commands, and one for each that is dated later', async () => {
    const { redisUrl, keyPrefix, verbs, open } = await givenInstances();
    const other = await open();
    let heard = '';
    const line = await lineTo(redisUrl, (bytes) => {
      heard += bytes.toString('latin1');
    });
    onTestFinished(() => line.break());
    const storage = await open(line.url);
    const families = [await givenTokens(storage), await madeAhead(storage)] as const;
    for (let index = 0; index < 20; index += 1) await other.grants.revoke((await givenTokens(other)).grant.id, 'revoked_by_operator', plus(index));
    await new Promise<void>((asked) => {
      verbs.users.setDisabled = () => {
        asked();
        return new Promise(() => undefined);
      };
      void other.users.setDisabled(families[0].grant.userId, end);
    });
    await lowerScores(redisUrl, `${keyPrefix}doubts`, 3_600_000_000);
    const commands = [];
    for (const family of families) {
      heard = '';
      await disconnect(storage, family);
      commands.push(heard.match(/EVALSHA/g)?.length);
      expect(await endOf(other, family)).toEqual(ended);
    }
    expect(commands).toEqual([2, 3]);
  });

  it('is told by the next act where it failed, though that finds nothing left to end, and by the next healing', async () => {
    const { verbs, open } = await givenInstances();
    const [one, other] = [await open(), await open()];
    const [again, left] = [await madeAhead(one), await madeAhead(one)];
    for (const family of [again, left]) {
      verbs.revocations.since = away;
      await expect(disconnect(one, family)).rejects.toBeInstanceOf(StorageUnavailable);
      delete verbs.revocations.since;
    }
    expect(await endOf(other, again)).toBeNull();
    expect(await disconnect(other, again)).toBe(0);
    expect([await endOf(one, again), await endOf(other, again)]).toEqual([ended, ended]);
    await open();
    expect([await endOf(one, left), await endOf(other, left)]).toEqual([ended, ended]);
  });

  it('is told by whoever finds it done, while the one who did it has not come to telling', async () => {
    const { memory, verbs, open } = await givenInstances();
    const [slow, other] = [await open(), await open()];
    const family = await madeAhead(slow);
    const since = memory.revocations.since.bind(memory.revocations);
    let [goOn, asks] = [() => {}, () => {}];
    const [wait, asked] = [new Promise<void>((go) => (goOn = go)), new Promise<void>((ask) => (asks = ask))];
    verbs.revocations.since = async (...input) => {
      delete verbs.revocations.since;
      asks();
      await wait;
      return since(...input);
    };
    const first = disconnect(slow, family);
    await asked;
    expect(await disconnect(other, family)).toBe(0);
    expect(await endOf(other, family)).toEqual(ended);
    goOn();
    expect(await first).toBe(1);
  });

  it('stays the reason of a grant that somebody was about to revoke by itself', async () => {
    const { memory, verbs, open } = await givenInstances();
    const storage = await open();
    const family = await givenTokens(storage);
    verbs.grants.find = async (id) => {
      delete verbs.grants.find;
      const found = await memory.grants.find(id);
      await disconnect(storage, family);
      return found;
    };
    expect(await storage.grants.revoke(family.grant.id, 'revoked_by_operator', plus(6000))).toBe(false);
    expect([(await storage.grants.find(family.grant.id))?.revoked, await endOf(storage, family)]).toEqual([ended, ended]);
  });

  it('is the whole where more has ended since the last healing than one look at the log brings', async () => {
    const { memory, open } = await givenInstances();
    const storage = await open();
    const family = await madeAhead(storage);
    const entry = { at: plus(1), until: plus(9000), reason: 'revoked_by_client' } as const;
    for (let index = 0; index < 1500; index += 1) await memory.revocations.add({ subject: { kind: 'token', tokenId: uuid7(plus(index)) }, ...entry });
    await disconnect(storage, family);
    expect(await endOf(storage, family)).toEqual(ended);
  });

  it('is known there when it answers, also where Redis lost the mark and another instance healed it before the other store was written', async () => {
    const home = await mkdtemp(join(tmpdir(), 'keywright-redis-'));
    let server = await startRedis(undefined, home);
    onTestFinished(async () => {
      await server.stop();
      await rm(home, { recursive: true });
    });
    const { memory, verbs, open } = await givenInstances({ redisUrl: server.url, keyPrefix: '' });
    const [storage, other] = [await open(), await open()];
    const family = await givenTokens(storage);
    const tell = async (command: string) => {
      const client = await createClient({ url: server.url }).connect();
      await client.sendCommand([command]);
      client.destroy();
    };
    await tell('SAVE');
    verbs.grants.revokeAll = async (...input) => {
      await server.stop();
      server = await startRedis(undefined, home);
      // Its connection has to come back first, and brings what the log holds by now.
      for (let attempt = 0; attempt < 200 && (await endOf(other, family).catch(() => undefined)) !== null; attempt += 1) await pause(20);
      return memory.grants.revokeAll(...input);
    };
    expect(await disconnect(storage, family)).toBe(1);
    expect(await endOf(other, family)).toEqual(ended);
  });
});
