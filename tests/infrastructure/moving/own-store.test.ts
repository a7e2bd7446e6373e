import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { now, plus, someClient, someSecret, someSession, trickyTexts } from '../../../src/adapter-kit/fixtures.js';
import { givenTokens, givenUser } from '../../../src/adapter-kit/given.js';
import { rotationOf } from '../../../src/adapter-kit/token-fixtures.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import { type OwnStorage, openOwnStorage } from '../../../src/infrastructure/own-storage.js';
import { createPrismaStorage } from '../../../src/infrastructure/prisma/create-prisma-storage.js';
import { testDatabase } from '../../support/postgres.js';
import { moveStores } from './move-stores.js';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const path = fileURLToPath(new URL('../../../examples/own-adapter/storage.js', import.meta.url)) as OwnStorage;

async function houses() {
  const [database, dataDir] = [await testDatabase(), await mkdtemp(join(tmpdir(), 'keywright-sqlite-'))];
  cleanups.push(database.drop, () => rm(dataDir, { recursive: true }));
  const inDatabase = createPrismaStorage({ databaseUrl: database.url, leaving: true });
  const own = await openOwnStorage(path, { env: {}, dataDir, openPostgres: () => Promise.reject(new Error('not asked for')) });
  cleanups.push(() => Promise.all([inDatabase.close(), own.close()]));
  const move = (from: string, to: string, duringCopy: () => Promise<unknown>) =>
    moveStores({ from, to, databaseUrl: database.url, redisPrefix: '', dataDir }, duringCopy);
  return { url: database.url, inDatabase, own, move };
}

/** Something of every kind, and then some of it changed while it is copied. */
async function inhabit(storage: Storage) {
  const [rotated, revoked, late, gone] = [await givenTokens(storage), await givenTokens(storage), await givenTokens(storage), await givenTokens(storage)];
  const rotation = rotationOf(rotated.refreshToken, rotated.grant);
  await storage.refreshTokens.rotate(rotation);
  await storage.grants.revoke(revoked.grant.id, 'revoked_by_person', plus(1));
  const client = someClient({ name: trickyTexts.join(''), scopes: trickyTexts });
  await storage.clients.add({ ...client, secrets: [someSecret(client.id)] });
  const user = await givenUser(storage);
  await storage.sessions.add(someSession(user.id));
  await storage.identities.link({ userId: user.id, issuer: 'https://id.example', subject: 'one', email: null, linkedAt: now });
  await storage.consents.give({ userId: user.id, clientId: client.id, scopes: ['a'], declinedScopes: [], redirectUris: [], givenAt: now, expiresAt: null });
  await storage.usage.record({ secrets: [], grants: [{ grantId: rotated.grant.id, at: plus(1), scopes: ['a'] }] });
  await storage.authorizationCodes.consume({ id: rotated.code.id, at: plus(1), accessToken: rotated.accessToken, refreshToken: null });
  const meanwhile = async () => {
    await storage.grants.revoke(late.grant.id, 'revoked_by_operator', plus(2));
    await storage.users.remove(gone.grant.userId, plus(2));
    await storage.identities.unlink(user.id, { issuer: 'https://id.example', subject: 'one' }, { password: true, issuers: [] });
  };
  return { rotated, rotation, revoked, late, gone, client, user, meanwhile };
}

it.each([
  ['PostgreSQL to a store of a team’s own', 'own'],
  ['a store of a team’s own to PostgreSQL', 'postgresql'],
])('from %s everything arrives as it was, also what changed meanwhile', async (_, to) => {
  const { url, inDatabase, own, move } = await houses();
  const [old, next] = to === 'own' ? [inDatabase, own] : [own, inDatabase];
  const { rotation, rotated, revoked, late, gone, client, user, meanwhile } = await inhabit(old);
  await move(to === 'own' ? url : path, to === 'own' ? path : url, meanwhile);
  expect(await next.refreshTokens.rotate({ ...rotationOf(rotation.successor, rotated.grant) })).toEqual({ outcome: 'revoked' });
  for (const { refreshToken, grant } of [revoked, late, gone])
    expect(await next.refreshTokens.rotate(rotationOf(refreshToken, grant))).toEqual({ outcome: 'revoked' });
  expect((await next.clients.find(client.id))?.secrets).toHaveLength(1);
  expect((await next.clients.find(client.id))?.name).toBe(client.name);
  expect((await next.grants.find(rotated.grant.id))?.usedScopes).toEqual(['a']);
  expect((await next.sessions.listOf(user.id, now, { limit: 10 })).items).toHaveLength(1);
  await expect(old.clients.setDisabled(client.id, { at: now, by: 'owner' })).rejects.toThrow();
});
