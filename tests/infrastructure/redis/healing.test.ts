import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '@redis/client';
import { expect, it, onTestFinished } from 'vitest';
import { now, plus, someGrant } from '../../../src/adapter-kit/fixtures.js';
import { givenTokens } from '../../../src/adapter-kit/given.js';
import { consumptionOf, rotationOf, someAccessToken, someCode, someMachineToken, someRefreshToken } from '../../../src/adapter-kit/token-fixtures.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import type { Grant } from '../../../src/domain/authorization/grant.js';
import type { AccessToken } from '../../../src/domain/tokens/access-token.js';
import { createMemoryStorage } from '../../../src/infrastructure/memory/create-memory-storage.js';
import { createRedisStorage } from '../../../src/infrastructure/redis/create-redis-storage.js';
import { hasRedis, startRedis } from '../../support/redis.js';

/** A Redis that can be made to forget everything since a moment, as a crash makes it forget its last second. */
async function forgetfulRedis() {
  const home = await mkdtemp(join(tmpdir(), 'keywright-redis-'));
  let server = await startRedis(undefined, home);
  onTestFinished(async () => {
    await server.stop();
    await rm(home, { recursive: true });
  });
  return {
    url: server.url,
    async remember() {
      const client = await createClient({ url: server.url }).connect();
      await client.sendCommand(['SAVE']);
      client.destroy();
    },
    async crash() {
      await server.stop();
      server = await startRedis(undefined, home);
    },
  };
}

/** One more grant of the same person for the same client. */
async function anotherOf(storage: Storage, { userId, clientId }: Grant) {
  const grant = someGrant(userId, clientId);
  const [code, refreshToken] = [someCode(grant), someRefreshToken(grant)];
  await storage.grants.add(grant);
  await storage.authorizationCodes.add(code);
  await storage.authorizationCodes.consume(consumptionOf(code, grant, { refreshToken }));
  return { grant, refreshToken };
}

it.skipIf(!hasRedis)('a Redis that lost its last moments is told again what ended in them, before it is asked anything', async () => {
  const redis = await forgetfulRedis();
  const lasting = createMemoryStorage();
  const open = () => createRedisStorage({ redisUrl: redis.url, lasting });
  const storage = open();
  onTestFinished(() => storage.close());
  const [byId, ofPerson, ofClient, disabled, letIn, alive] = await Promise.all(Array.from({ length: 6 }, () => givenTokens(storage)));
  if (!byId || !ofPerson || !ofClient || !disabled || !letIn || !alive) throw new Error('unreachable');
  const many = await Promise.all(Array.from({ length: 25 }, () => anotherOf(storage, ofPerson.grant)));
  const single = someAccessToken(alive.grant);
  await storage.accessTokens.add(single);
  const [own, newer] = [plus(0), plus(20)].map((issuedAt) => someMachineToken(alive.grant.clientId, { issuedAt })) as [AccessToken, AccessToken];
  await storage.accessTokens.add(own);
  await storage.users.setDisabled(letIn.grant.userId, now);
  await redis.remember();

  const at = new Date();
  await storage.clients.revokeOwnTokens(alive.grant.clientId, plus(10));
  await storage.grants.revoke(byId.grant.id, 'revoked_by_person', at);
  await storage.grants.revokeAll({ userId: ofPerson.grant.userId }, 'revoked_by_operator', at);
  await storage.clients.remove(ofClient.grant.clientId, at);
  await storage.users.setDisabled(disabled.grant.userId, at);
  await storage.users.setDisabled(letIn.grant.userId, null);
  await storage.accessTokens.revoke(single.id, 'revoked_by_client', at);
  await redis.crash();
  const again = open();
  onTestFinished(() => again.close());

  for (const one of [again, storage]) {
    // Its connection has to come back first.
    for (let attempt = 0; attempt < 100 && !(await one.accessTokens.find(alive.accessToken.id).catch(() => null)); attempt += 1) await pause(20);
    for (const { grant, refreshToken } of [byId, ofPerson, ...many, ofClient, disabled])
      expect(await one.refreshTokens.rotate(rotationOf(refreshToken, grant))).toEqual({ outcome: 'revoked' });
    expect((await one.accessTokens.find(byId.accessToken.id))?.ended).toEqual({ at, reason: 'revoked_by_person' });
    expect((await one.accessTokens.find(single.id))?.ended).toEqual({ at, reason: 'revoked_by_client' });
    expect((await one.accessTokens.find(alive.accessToken.id))?.ended).toBeNull();
    expect((await one.accessTokens.find(own.id))?.ended?.at).toEqual(plus(10));
  }
  await again.accessTokens.add(newer);
  expect((await storage.accessTokens.find(newer.id))?.ended).toBeNull();
  expect(await again.refreshTokens.rotate(rotationOf(letIn.refreshToken, letIn.grant))).toEqual({ outcome: 'rotated' });
});
