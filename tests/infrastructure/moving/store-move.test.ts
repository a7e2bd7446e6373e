import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { now, plus, someClient, someSecret, someUser, trickyTexts } from '../../../src/adapter-kit/fixtures.js';
import { givenCode, givenGrant, givenTokens } from '../../../src/adapter-kit/given.js';
import { keepingOf, rotationOf, someAccessToken, someRefreshToken } from '../../../src/adapter-kit/token-fixtures.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import { StoreMoved } from '../../../src/application/ports/store-moved.js';
import type { StoreMove } from '../../../src/infrastructure/moving/store-move.js';
import { movingFrom } from '../../../src/infrastructure/open-left.js';
import { openMove } from '../../../src/infrastructure/open-move.js';
import { createPrismaStorage } from '../../../src/infrastructure/prisma/create-prisma-storage.js';
import { addPartitions } from '../../../src/infrastructure/prisma/partitions/add-partitions.js';
import { explainFailure } from '../../../src/interfaces/cli/explain-failure.js';
import { basic } from '../../support/oauth.js';
import { databaseWithRole, testDatabase } from '../../support/postgres.js';
import { testServer } from '../../support/test-server.js';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function twoStores() {
  const [old, next] = [await testDatabase(), await testDatabase()];
  cleanups.push(() => Promise.all([old.drop(), next.drop()]));
  const [from, to] = [createPrismaStorage({ databaseUrl: old.url, leaving: true }), createPrismaStorage({ databaseUrl: next.url })];
  cleanups.push(() => Promise.all([from.close(), to.close()]));
  return { oldUrl: old.url, newUrl: next.url, from, to };
}

async function move<Result>(oldUrl: string, newUrl: string, work: (move: StoreMove) => Promise<Result>): Promise<Result> {
  const opened = await openMove({ from: oldUrl, to: newUrl, databaseUrl: newUrl, redisPrefix: '', dataDir: '' });
  try {
    return await work(opened.move);
  } finally {
    await opened.close();
  }
}

async function moving(oldUrl: string, next: string): Promise<Storage> {
  const storage = await movingFrom(oldUrl, createPrismaStorage({ databaseUrl: next }), {
    databaseUrl: next,
    databasePoolSize: 5,
    redisPrefix: '',
    dataDir: '',
  });
  cleanups.push(() => storage.close());
  return storage;
}

const silent = () => undefined;

/** A digest is the same whichever class of bytes it is read as. */
function plain(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return [...(value as Uint8Array)];
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]));
}

describe('a copy', () => {
  it('brings everything over as it is, digests and sealed answers included', async () => {
    const { oldUrl, newUrl, from, to } = await twoStores();
    const { grant, refreshToken, accessToken, code } = await givenTokens(from);
    const rotation = rotationOf(refreshToken, grant);
    await from.refreshTokens.rotate(rotation);
    const client = someClient({ name: trickyTexts.join(''), scopes: trickyTexts });
    await from.clients.add({ ...client, secrets: [someSecret(client.id)] });
    await move(oldUrl, newUrl, async (opened) => {
      await opened.copy(silent);
      expect((await opened.check(silent)).filter(({ differences }) => differences > 0)).toEqual([]);
    });
    for (const id of [refreshToken.id, rotation.successor.id]) expect(plain(await to.refreshTokens.find(id))).toEqual(plain(await from.refreshTokens.find(id)));
    expect(plain(await to.accessTokens.find(accessToken.id))).toEqual(plain({ ...accessToken, ended: null }));
    expect(plain(await to.authorizationCodes.find(code.id))).toEqual(plain(code));
    expect(plain(await to.clients.find(client.id))).toEqual(plain(await from.clients.find(client.id)));
    expect(await to.users.find(grant.userId)).toEqual(await from.users.find(grant.userId));
    const again = await to.refreshTokens.rotate(rotationOf(refreshToken, grant));
    expect(plain(again)).toEqual(plain({ outcome: 'repeated', sealedAnswer: rotation.sealedAnswer }));
  });

  it('brings over, by many pages, what is changed, added and deleted meanwhile', async () => {
    const { oldUrl, newUrl, from, to } = await twoStores();
    const { grant } = await givenTokens(from);
    const add = () => from.accessTokens.add(someAccessToken(grant));
    for (let round = 0; round < 30; round += 1) await Promise.all(Array.from({ length: 80 }, add));
    let busy = true;
    const traffic = async () => {
      while (busy) {
        const other = await givenTokens(from);
        await from.refreshTokens.rotate(rotationOf(other.refreshToken, other.grant));
        await from.grants.revoke(other.grant.id, 'revoked_by_person', plus(1));
        const user = someUser({ email: 'passed.on@example.com' });
        await from.users.add(user);
        await from.users.remove(user.id, now);
        await from.clients.remove(other.grant.clientId, now);
      }
    };
    const running = [traffic(), traffic()];
    await move(oldUrl, newUrl, async (opened) => {
      try {
        await opened.copy(silent);
        expect((await opened.check(silent)).filter(({ differences }) => differences > 0)).toEqual([]);
      } finally {
        busy = false;
        await Promise.all(running);
      }
      expect((await opened.check(silent)).filter(({ differences }) => differences > 0)).toEqual([]);
    });
    expect((await to.revocations.since('1:1:', 10_000))?.revocations.length).toBe((await from.revocations.since('1:1:', 10_000))?.revocations.length);
  });

  it('brings over what is changed in a partition', async () => {
    const { oldUrl, newUrl, from, to } = await twoStores();
    const client = new Client({ connectionString: oldUrl });
    await client.connect();
    await addPartitions(client, now, 3600);
    await client.end();
    const { grant, accessToken } = await givenTokens(from);
    await move(oldUrl, newUrl, async (opened) => {
      await opened.copy(silent);
      await from.accessTokens.revoke(accessToken.id, 'revoked_by_client', plus(1));
      const later = someAccessToken(grant);
      await from.accessTokens.add(later);
      await opened.copy(silent);
      expect((await opened.check(silent)).filter(({ differences }) => differences > 0)).toEqual([]);
      expect(plain(await to.accessTokens.find(later.id))).toEqual(plain({ ...later, ended: null }));
    });
    expect((await to.accessTokens.find(accessToken.id))?.ended?.reason).toBe('revoked_by_client');
  });

  it('goes on where it was interrupted', async () => {
    const { oldUrl, newUrl, from } = await twoStores();
    const { grant } = await givenTokens(from);
    for (let round = 0; round < 30; round += 1) await Promise.all(Array.from({ length: 100 }, () => from.accessTokens.add(someAccessToken(grant))));
    const interrupted = move(oldUrl, newUrl, (opened) =>
      opened.copy(({ table, done }) => {
        if (table === 'access_tokens' && done > 1000) throw new Error('interrupted');
      }),
    );
    await expect(interrupted).rejects.toThrow('interrupted');
    await givenGrant(from);
    await move(oldUrl, newUrl, async (opened) => {
      const seen: number[] = [];
      await opened.copy(({ table, done }) => table === 'access_tokens' && seen.push(done));
      expect(seen.length).toBeLessThan(4);
      expect((await opened.check(silent)).filter(({ differences }) => differences > 0)).toEqual([]);
    });
  });

  it('is told apart, by the check, from one that is not the same', async () => {
    const { oldUrl, newUrl, from } = await twoStores();
    const { accessToken } = await givenTokens(from);
    await move(oldUrl, newUrl, (opened) => opened.copy(silent));
    const meddler = new Client({ connectionString: newUrl });
    await meddler.connect();
    await meddler.query(`UPDATE access_tokens SET scopes = '{admin}' WHERE id = $1`, [accessToken.id]);
    await meddler.end();
    const checks = await move(oldUrl, newUrl, (opened) => opened.check(silent));
    expect(checks.filter(({ differences }) => differences > 0)).toEqual([{ table: 'access_tokens', rows: 1, differences: 1 }]);
  });

  it('is refused into a database that holds something, or the same, or another than it was begun for', async () => {
    const { oldUrl, newUrl, from } = await twoStores();
    await givenGrant(from);
    await expect(move(newUrl, oldUrl, (opened) => opened.copy(silent))).rejects.toThrow('is not empty');
    await expect(move(oldUrl, oldUrl, (opened) => opened.copy(silent))).rejects.toThrow(/same store|another process/);
    await move(oldUrl, newUrl, (opened) => opened.copy(silent));
    const third = await testDatabase();
    cleanups.push(third.drop);
    await expect(move(oldUrl, third.url, (opened) => opened.copy(silent))).rejects.toThrow('on its way to another one');
    await expect(move(oldUrl, newUrl, () => move(oldUrl, newUrl, (opened) => opened.copy(silent)))).rejects.toThrow('another process');
  });

  it('says which right a role lacks without which two stores cannot be told from one', async () => {
    const { url, query, role } = await databaseWithRole();
    await query('REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC');
    const next = await testDatabase();
    cleanups.push(next.drop);
    await expect(move(url, next.url, (opened) => opened.copy(silent))).rejects.toMatchObject({
      name: 'StoreUnfit',
      reason: expect.stringMatching(/ does not tell the role \w+ the name of its cluster$/),
      advice: `GRANT EXECUTE ON FUNCTION pg_control_system() TO "${role}"`,
    });
  });

  it('can be given up, and costs nothing from then on', async () => {
    const { oldUrl, newUrl, from } = await twoStores();
    await move(oldUrl, newUrl, async (opened) => {
      await opened.copy(silent);
      await opened.abandon();
      await expect(opened.switchOver()).rejects.toThrow('no move was begun');
    });
    const { grant, refreshToken } = await givenTokens(from);
    expect(await from.refreshTokens.rotate(rotationOf(refreshToken, grant))).toEqual({ outcome: 'rotated' });
    const looking = new Client({ connectionString: oldUrl });
    await looking.connect();
    const { rows } = await looking.query(
      "SELECT (SELECT count(*)::int FROM store_changes) AS changes, (SELECT count(*)::int FROM pg_trigger WHERE tgname LIKE 'keywright_mov%') AS triggers",
    );
    expect(rows).toEqual([{ changes: 0, triggers: 0 }]);
    await looking.end();
  });
});

describe('a switch', () => {
  it('makes the old store refuse every decision, so that no token is rotated in both', async () => {
    const { oldUrl, newUrl, from, to } = await twoStores();
    const { grant, refreshToken } = await givenTokens(from);
    const { grant: grantOfCode, code } = await givenCode(from);
    await move(oldUrl, newUrl, async (opened) => {
      await opened.copy(silent);
      await opened.switchOver();
    });
    const late = [
      () => from.refreshTokens.rotate(rotationOf(refreshToken, grant)),
      () => from.refreshTokens.keep(keepingOf(refreshToken, grant)),
      () => from.refreshTokens.rotate(rotationOf({ ...refreshToken, id: randomUUID() }, grant)),
      () =>
        from.authorizationCodes.consume({ id: code.id, at: plus(1), accessToken: someAccessToken(grantOfCode), refreshToken: someRefreshToken(grantOfCode) }),
      () => from.grants.revoke(grant.id, 'revoked_by_person', plus(1)),
      () => from.users.setDisabled(grant.userId, now),
      () => from.clients.remove(grant.clientId, now),
      () => from.attempts.take({ name: 'any', attempts: 1, seconds: 1 }, 'somebody'),
    ];
    for (const verb of late) expect(await verb().catch((error: unknown) => error), verb.toString()).toBeInstanceOf(StoreMoved);
    expect(await to.refreshTokens.rotate(rotationOf(refreshToken, grant))).toEqual({ outcome: 'rotated' });
  });

  it('has a server that knows only the old store answer 503, not ready, and a command end with 78 and say where to look', async () => {
    const { oldUrl, newUrl, from } = await twoStores();
    const world = await testServer({ storage: from });
    cleanups.push(() => world.close());
    const { id, secret } = await world.createClient({ grantTypes: ['client_credentials'] });
    await move(oldUrl, newUrl, async (opened) => {
      await opened.copy(silent);
      await opened.switchOver();
    });
    const headers = { ...basic(id, secret), 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await world.server.inject({ method: 'POST', url: '/oauth/token', headers, payload: 'grant_type=client_credentials' });
    expect([answer.statusCode, answer.json().error]).toEqual([503, 'temporarily_unavailable']);
    expect((await world.server.inject('/readyz')).statusCode).toBe(503);
    const failure = await world.createClient().catch((error: unknown) => error);
    expect(explainFailure(failure)).toEqual({ exitCode: 78, lines: [expect.stringMatching(/^this store has moved: set STORAGE, DATABASE_URL and REDIS_URL/)] });
  });

  it('is refused while a server is connected that knows nothing of it', async () => {
    const { oldUrl, newUrl, from } = await twoStores();
    const { grant, refreshToken } = await givenTokens(from);
    const unaware = createPrismaStorage({ databaseUrl: oldUrl });
    await unaware.ping();
    await move(oldUrl, newUrl, async (opened) => {
      await opened.copy(silent);
      await expect(opened.switchOver()).rejects.toThrow('servers without STORAGE_FROM are connected');
      expect(await unaware.refreshTokens.rotate(rotationOf(refreshToken, grant))).toEqual({ outcome: 'rotated' });
      await unaware.close();
      await opened.switchOver();
    });
  });

  it('is refused before everything is copied', async () => {
    const { oldUrl, newUrl, from } = await twoStores();
    await givenTokens(from);
    await expect(move(oldUrl, newUrl, (opened) => opened.switchOver())).rejects.toThrow('no move was begun');
  });

  it('is seen by every instance, which answers from the new store whatever it was asked before', async () => {
    const { oldUrl, newUrl, from, to } = await twoStores();
    const instances = [await moving(oldUrl, newUrl), await moving(oldUrl, newUrl)];
    const { grant, accessToken } = await givenTokens(instances[0] as Storage);
    expect(await from.grants.find(grant.id)).not.toBeNull();
    expect(await to.grants.find(grant.id)).toBeNull();
    await move(oldUrl, newUrl, async (opened) => {
      await opened.copy(silent);
      await opened.switchOver();
    });
    await to.grants.revoke(grant.id, 'revoked_by_person', plus(1));
    for (const instance of instances) expect((await instance.accessTokens.find(accessToken.id))?.ended).toEqual({ at: plus(1), reason: 'revoked_by_person' });
  });

  it('is forgotten when who holds the servers goes away', async () => {
    const { oldUrl, newUrl, from } = await twoStores();
    await givenTokens(from);
    await move(oldUrl, newUrl, (opened) => opened.copy(silent));
    const holder = new Client({ connectionString: oldUrl });
    await holder.connect();
    await holder.query("UPDATE store_moves SET phase = 'held', held_until = clock_timestamp() + interval '2 seconds'");
    await holder.end();
    const instance = await moving(oldUrl, newUrl);
    const { grant, refreshToken } = await givenTokens(instance);
    expect(await instance.refreshTokens.rotate(rotationOf(refreshToken, grant))).toEqual({ outcome: 'rotated' });
  });
});
