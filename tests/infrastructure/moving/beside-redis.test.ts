import { Client } from 'pg';
import { afterEach, expect, it } from 'vitest';
import { now, plus } from '../../../src/adapter-kit/fixtures.js';
import { givenClient, givenCode, givenTokens } from '../../../src/adapter-kit/given.js';
import { rotationOf, someAccessToken, someMachineToken, someRefreshToken } from '../../../src/adapter-kit/token-fixtures.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import { StoreMoved } from '../../../src/application/ports/store-moved.js';
import type { AccessToken } from '../../../src/domain/tokens/access-token.js';
import { uuid7 } from '../../../src/domain/tokens/uuid7.js';
import { createPrismaStorage } from '../../../src/infrastructure/prisma/create-prisma-storage.js';
import { createRedisStorage } from '../../../src/infrastructure/redis/create-redis-storage.js';
import { testDatabase } from '../../support/postgres.js';
import { hasRedis, redisSpace, timeToLive } from '../../support/redis.js';
import { moveStores } from './move-stores.js';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function houses() {
  const [database, { redisUrl, keyPrefix }] = [await testDatabase(), await redisSpace()];
  cleanups.push(database.drop);
  const closing = (storage: Storage) => {
    cleanups.push(() => storage.close());
    return storage;
  };
  const inDatabase = closing(createPrismaStorage({ databaseUrl: database.url, leaving: true }));
  const inRedis = (prefix: string) =>
    closing(createRedisStorage({ redisUrl, keyPrefix: prefix, lasting: createPrismaStorage({ databaseUrl: database.url, beside: 'redis' }), leaving: true }));
  const move = (from: string, to: string, redisPrefix: string, duringCopy?: () => Promise<unknown>) =>
    moveStores({ from, to, databaseUrl: database.url, redisPrefix, dataDir: '' }, duringCopy);
  return { url: database.url, redisUrl, keyPrefix, inDatabase, inRedis, move };
}

it.skipIf(!hasRedis)('what has ended in the database, before or while its tokens were copied, has ended in Redis, for the same reason', async () => {
  const { url, redisUrl, keyPrefix, inDatabase, inRedis, move } = await houses();
  const [revoked, removed, disabled, late, letIn] = await Promise.all(Array.from({ length: 5 }, () => givenTokens(inDatabase)));
  const used = await givenCode(inDatabase);
  await inDatabase.authorizationCodes.consume({
    id: used.code.id,
    at: plus(1),
    accessToken: someAccessToken(used.grant),
    refreshToken: someRefreshToken(used.grant),
  });
  if (!revoked || !removed || !disabled || !late || !letIn) throw new Error('unreachable');
  await inDatabase.grants.revoke(revoked.grant.id, 'revoked_by_person', plus(1));
  await inDatabase.clients.remove(removed.grant.clientId, plus(1));
  for (const { grant } of [disabled, letIn]) await inDatabase.users.setDisabled(grant.userId, now);
  const single = someAccessToken(letIn.grant);
  await inDatabase.accessTokens.add(single);
  await inDatabase.accessTokens.revoke(single.id, 'revoked_by_client', plus(1));
  const [robbed, robbedLate] = [await givenClient(inDatabase), await givenClient(inDatabase)];
  const own = [robbed, robbedLate].flatMap(({ id }) => [0, 20].map((away) => someMachineToken(id, { id: uuid7(plus(away)), issuedAt: plus(away) })));
  const save = (index: number) => inDatabase.accessTokens.add(own[index] as AccessToken);
  for (const index of [0, 2]) await save(index);
  await inDatabase.clients.revokeOwnTokens(robbed.id, plus(10));
  await save(1);
  await move(url, redisUrl, keyPrefix, async () => {
    await inDatabase.clients.revokeOwnTokens(robbedLate.id, plus(10));
    await save(3);
    await inDatabase.grants.revoke(late.grant.id, 'revoked_by_operator', plus(2));
    await inDatabase.users.setDisabled(letIn.grant.userId, null);
  });

  const redis = inRedis(keyPrefix);
  for (const { refreshToken, grant } of [revoked, removed, disabled, late])
    expect(await redis.refreshTokens.rotate(rotationOf(refreshToken, grant))).toEqual({ outcome: 'revoked' });
  expect((await redis.accessTokens.find(revoked.accessToken.id))?.ended).toEqual({ at: plus(1), reason: 'revoked_by_person' });
  expect((await redis.accessTokens.find(removed.accessToken.id))?.ended?.reason).toBe('revoked_by_operator');
  const ownEnds = await Promise.all(own.map(async ({ id }) => (await redis.accessTokens.find(id))?.ended?.at ?? null));
  expect(ownEnds).toEqual([plus(10), null, plus(10), null]);
  expect((await redis.accessTokens.find(single.id))?.ended).toEqual({ at: plus(1), reason: 'revoked_by_client' });
  expect(await redis.refreshTokens.rotate(rotationOf(letIn.refreshToken, letIn.grant))).toEqual({ outcome: 'rotated' });
  expect(await redis.authorizationCodes.consume({ id: used.code.id, at: plus(2), accessToken: someAccessToken(used.grant), refreshToken: null })).toBe(
    'replayed',
  );
  // Longer than anything may live that they end, and not for ever.
  for (const mark of [`shut-out:${disabled.grant.userId}`, `removed-client:${removed.grant.clientId}`, `own-tokens:${robbed.id}`])
    expect(await timeToLive(redisUrl, keyPrefix + mark), mark).toBeGreaterThan(10 * 366 * 86_400_000);
});

async function run(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** By a clock that is ahead of whoever ends it. */
async function ownTokenOfLater(storage: Storage): Promise<AccessToken> {
  const { id } = await givenClient(storage);
  const token = someMachineToken(id, { id: uuid7(plus(8000)), issuedAt: plus(8000) });
  await storage.accessTokens.add(token);
  return token;
}

it.skipIf(!hasRedis)('an own token that was dated later and arrived from the database is ended with all others, until when the answer says', async () => {
  const { url, redisUrl, keyPrefix, inDatabase, inRedis, move } = await houses();
  const token = await ownTokenOfLater(inDatabase);
  await move(url, redisUrl, keyPrefix);
  const redis = inRedis(keyPrefix);
  expect(await redis.clients.revokeOwnTokens(token.clientId, plus(5000))).toEqual(plus(8000));
  expect((await redis.accessTokens.find(token.id))?.ended).toEqual({ at: plus(8000), reason: 'revoked_by_operator' });
});

it.skipIf(!hasRedis)('and so where the database has forgotten it since', async () => {
  const { url, redisUrl, keyPrefix, inDatabase, inRedis, move } = await houses();
  const token = await ownTokenOfLater(inDatabase);
  await move(url, redisUrl, keyPrefix);
  await run(url, `SET keywright.beside = 'redis'; DELETE FROM access_tokens`);
  const redis = inRedis(keyPrefix);
  expect(await redis.clients.revokeOwnTokens(token.clientId, plus(5000))).toEqual(plus(8000));
  expect((await redis.accessTokens.find(token.id))?.ended?.at).toEqual(plus(8000));
});

it.skipIf(!hasRedis)('what the database alone knows to be dated later ends in Redis as well', async () => {
  const { keyPrefix, inDatabase, inRedis } = await houses();
  const { clientId } = await ownTokenOfLater(inDatabase);
  const redis = inRedis(keyPrefix);
  const inBetween = someMachineToken(clientId, { id: uuid7(plus(7000)), issuedAt: plus(7000) });
  expect(await redis.clients.revokeOwnTokens(clientId, plus(5000))).toEqual(plus(8000));
  await redis.accessTokens.add(inBetween);
  expect((await redis.accessTokens.find(inBetween.id))?.ended?.at).toEqual(plus(8000));
});

it.skipIf(!hasRedis)('a server that knows nothing of Redis can end nothing behind its back afterwards', async () => {
  const { url, redisUrl, keyPrefix, inDatabase, inRedis, move } = await houses();
  const { grant, refreshToken } = await givenTokens(inDatabase);
  await move(url, redisUrl, keyPrefix);
  const late = [
    () => inDatabase.grants.revoke(grant.id, 'revoked_by_person', plus(1)),
    () => inDatabase.refreshTokens.rotate(rotationOf(refreshToken, grant)),
    () => inDatabase.users.setDisabled(grant.userId, now),
  ];
  for (const verb of [...late, () => inDatabase.ping()]) expect(await verb().catch((error: unknown) => error), verb.toString()).toBeInstanceOf(StoreMoved);
  await inRedis(keyPrefix).ping();
  expect(await inRedis(keyPrefix).grants.revoke(grant.id, 'revoked_by_person', plus(1))).toBe(true);
});

it.skipIf(!hasRedis)('there and back again: what was used in Redis is used, and a grant that Redis alone knew to have ended has ended', async () => {
  const { url, redisUrl, keyPrefix, inDatabase, inRedis, move } = await houses();
  const [used, reused] = [await givenTokens(inDatabase), await givenTokens(inDatabase)];
  await move(url, redisUrl, keyPrefix);
  const redis = inRedis(keyPrefix);
  const rotation = rotationOf(used.refreshToken, used.grant);
  expect(await redis.refreshTokens.rotate(rotation)).toEqual({ outcome: 'rotated' });
  // The database is away just when it is to be told of a reuse.
  const first = rotationOf(reused.refreshToken, reused.grant);
  await redis.refreshTokens.rotate(first);
  const lasting = createPrismaStorage({ databaseUrl: url, beside: 'redis' });
  const grants = Object.create(lasting.grants, { revoke: { value: () => Promise.reject(new Error('away')) } }) as Storage['grants'];
  const cutOff = createRedisStorage({ redisUrl, keyPrefix, lasting: { ...lasting, grants }, leaving: true });
  await expect(cutOff.refreshTokens.rotate({ ...rotationOf(reused.refreshToken, reused.grant), at: first.repeatableUntil })).rejects.toThrow('away');
  cleanups.push(async () => cutOff.close());

  await move(redisUrl, url, keyPrefix);
  expect(await inDatabase.refreshTokens.rotate({ ...rotationOf(used.refreshToken, used.grant), at: rotation.at })).toMatchObject({ outcome: 'repeated' });
  expect(await inDatabase.refreshTokens.rotate(rotationOf(rotation.successor, used.grant))).toEqual({ outcome: 'rotated' });
  expect((await inDatabase.grants.find(reused.grant.id))?.revoked?.reason).toBe('refresh_token_reused');
  expect(await inDatabase.refreshTokens.rotate(rotationOf(first.successor, reused.grant))).toEqual({ outcome: 'revoked' });
  await expect(redis.refreshTokens.rotate(rotationOf(rotation.successor, used.grant))).rejects.toThrow('this store has moved');
  expect(await redis.ping().catch((error: unknown) => error)).toBeInstanceOf(StoreMoved);
});
