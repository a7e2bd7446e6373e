import { Client as Connection } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
// Bytes are equal whatever array they are in.
import '../../../src/adapter-kit/expect.js';
import { now, plus } from '../../../src/adapter-kit/fixtures.js';
import { givenClient, givenTokens } from '../../../src/adapter-kit/given.js';
import { someMachineToken } from '../../../src/adapter-kit/token-fixtures.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import type { AccessToken } from '../../../src/domain/tokens/access-token.js';
import { coalesced } from '../../../src/infrastructure/prisma/coalescing/lane.js';
import { Lanes } from '../../../src/infrastructure/prisma/coalescing/lanes.js';
import type { PrismaClient } from '../../../src/infrastructure/prisma/generated/client.js';
import { PrismaAccessTokenRepository } from '../../../src/infrastructure/prisma/prisma-access-token-repository.js';
import { watchedPool } from './watched-pool.js';

const lanes = new Lanes(coalesced);

const watched = watchedPool('name');
/** The names of the statements that were sent since the test began. */
const { sent } = watched;
let storage: Storage;
let connection: Connection;

beforeAll(async () => {
  storage = watched.storage();
  connection = new Connection({ connectionString: watched.database().url });
  await connection.connect();
});
afterAll(() => connection.end());
afterEach(() => {
  vi.restoreAllMocks();
});

/** An instance that has read nothing. */
const instance = () => new PrismaAccessTokenRepository({} as PrismaClient, watched.pool(), lanes);

it('reads a token twice, and from then on asks only how it stands', async () => {
  const tokens = instance();
  const { accessToken } = await givenTokens(storage);
  const answers = [];
  for (let time = 1; time <= 4; time += 1) answers.push(await tokens.findWithUser(accessToken.id));
  expect(sent).toEqual(['find_access_tokens', 'find_access_tokens', 'ask_access_tokens', 'ask_access_tokens']);
  expect(answers[0]?.token).toEqual({ ...accessToken, ended: null });
  for (const answer of answers.slice(1)) expect(answer).toEqual(answers[0]);
});

it('asks in one statement how many tokens stand, of people and of clients themselves, and mixes none of them up', async () => {
  const tokens = instance();
  const client = await givenClient(storage);
  const own = Array.from({ length: 10 }, () => someMachineToken(client.id));
  for (const token of own) await storage.accessTokens.add(token);
  const families = await Promise.all(Array.from({ length: 10 }, () => givenTokens(storage)));
  const all = families.flatMap(({ accessToken }, index) => [accessToken, own[index] as AccessToken]);
  const readAll = () => Promise.all(all.map(({ id }) => tokens.findWithUser(id)));
  await readAll();
  const read = await readAll();
  sent.length = 0;
  await storage.grants.revoke(families[3]?.grant.id ?? '', 'revoked_by_person', now);
  const asked = await readAll();
  expect(new Set(sent)).toEqual(new Set(['ask_access_tokens']));
  expect(sent.length).toBeLessThan(all.length / 2);
  for (const [index, one] of asked.entries()) {
    const ended = index === 6 ? { at: now, reason: 'revoked_by_person' } : null;
    expect(one).toEqual({ token: { ...all[index], ended }, user: read[index]?.user });
  }
});

it('remembers none that has ended, and none that is not there', async () => {
  const tokens = instance();
  const { accessToken } = await givenTokens(storage);
  await storage.accessTokens.revoke(accessToken.id, 'revoked_by_client', now);
  const later = someMachineToken(accessToken.clientId);
  for (let time = 1; time <= 3; time += 1) {
    expect((await tokens.find(accessToken.id))?.ended?.reason).toBe('revoked_by_client');
    expect(await tokens.find(later.id)).toBeNull();
  }
  expect(new Set(sent)).toEqual(new Set(['find_access_tokens']));
  await storage.accessTokens.add(later);
  expect(await tokens.find(later.id)).toEqual({ ...later, ended: null });
});

describe('of a token that it has read, an instance hears at once', () => {
  type Family = Awaited<ReturnType<typeof givenTokens>>;
  const byHand = (text: string, ...values: unknown[]) => connection.query(text, values);

  it.each<[string, (family: Family) => Promise<unknown>]>([
    ['that it was revoked', ({ accessToken }) => storage.accessTokens.revoke(accessToken.id, 'revoked_by_client', plus(1))],
    ['that its grant was revoked', ({ grant }) => storage.grants.revoke(grant.id, 'revoked_by_person', plus(1))],
    ['that all grants of its person were revoked', ({ grant }) => storage.grants.revokeAll({ userId: grant.userId }, 'revoked_by_operator', plus(1))],
    ['that its client was removed', ({ grant }) => storage.clients.remove(grant.clientId, plus(1))],
    ['that its person was disabled', ({ grant }) => storage.users.setDisabled(grant.userId, plus(1))],
    ['that its person was removed', ({ grant }) => storage.users.remove(grant.userId, plus(1))],
    ['what its person is called now', ({ grant }) => byHand("UPDATE users SET username = 'Ida' WHERE id = $1", grant.userId)],
    [
      'what is done by hand',
      ({ accessToken }) => byHand("UPDATE access_tokens SET revoked_at = now(), revoke_reason = 'revoked_by_operator' WHERE id = $1", accessToken.id),
    ],
    ['that its client is gone, by hand', ({ grant }) => byHand('DELETE FROM clients WHERE id = $1', grant.clientId)],
  ])('%s: the same as one that reads it now', async (_, happens) => {
    const tokens = instance();
    const family = await givenTokens(storage);
    await tokens.findWithUser(family.accessToken.id);
    const before = await tokens.findWithUser(family.accessToken.id);
    await happens(family);
    const after = await tokens.findWithUser(family.accessToken.id);
    expect(sent.at(-1)).toBe('ask_access_tokens');
    expect(after).not.toEqual(before);
    expect(after).toEqual(await instance().findWithUser(family.accessToken.id));
  });
});

it('finds nobody whom a token acts for when the person is gone', async () => {
  const tokens = instance();
  const { accessToken, grant } = await givenTokens(storage);
  for (let time = 1; time <= 2; time += 1) expect((await tokens.findWithUser(accessToken.id))?.user).not.toBeNull();
  await connection.query('DELETE FROM users WHERE id = $1', [grant.userId]);
  expect((await tokens.findWithUser(accessToken.id))?.user).toBeNull();
});

it('reads a token again when it was answered as ended', async () => {
  const tokens = instance();
  const { accessToken } = await givenTokens(storage);
  for (let time = 1; time <= 2; time += 1) await tokens.find(accessToken.id);
  await storage.accessTokens.revoke(accessToken.id, 'revoked_by_client', now);
  sent.length = 0;
  for (let time = 1; time <= 3; time += 1) expect((await tokens.find(accessToken.id))?.ended).toEqual({ at: now, reason: 'revoked_by_client' });
  expect(sent).toEqual(['ask_access_tokens', 'find_access_tokens', 'find_access_tokens']);
});

it.each([
  ['a token', 'DELETE FROM access_tokens WHERE grant_id = $1'],
  ['a grant', 'DELETE FROM grants WHERE id = $1'],
])('believes for a minute at most in %s that nobody ended but that is gone', async (_, deletes) => {
  const tokens = instance();
  const { accessToken, grant } = await givenTokens(storage);
  for (let time = 1; time <= 3; time += 1) expect(await tokens.find(accessToken.id)).not.toBeNull();
  await connection.query(deletes, [grant.id]);
  const later = performance.now() + 60_000;
  vi.spyOn(performance, 'now').mockReturnValue(later);
  expect(await tokens.find(accessToken.id)).toBeNull();
});

it('keeps none whose scopes and resources are long, however often it is asked for', async () => {
  const tokens = instance();
  const client = await givenClient(storage);
  const resources = Array.from({ length: 40 }, (_, index) => `https://api.example/${index}`);
  const token = someMachineToken(client.id, { resources });
  await storage.accessTokens.add(token);
  for (let time = 1; time <= 4; time += 1) expect(await tokens.find(token.id)).toEqual({ ...token, ended: null });
  expect(new Set(sent)).toEqual(new Set(['find_access_tokens']));
});

it('shares nothing with whoever asks', async () => {
  const tokens = instance();
  const { accessToken } = await givenTokens(storage, { grant: { authenticatedAt: plus(-5) } });
  for (let time = 1; time <= 4; time += 1) {
    const token = await tokens.find(accessToken.id);
    expect(token).toEqual({ ...accessToken, authenticatedAt: plus(-5), ended: null });
    token?.digest.fill(0);
    for (const list of [token?.scopes, token?.resources]) (list as string[]).push('spoilt');
    for (const moment of [token?.authenticatedAt, token?.issuedAt, token?.expiresAt]) moment?.setTime(0);
  }
});
