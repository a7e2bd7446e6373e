import { beforeEach, expect, it, vi } from 'vitest';
import { now } from '../../src/adapter-kit/fixtures.js';
import { givenTokens } from '../../src/adapter-kit/given.js';
import { keepingOf, rotationOf, someRefreshToken } from '../../src/adapter-kit/token-fixtures.js';
import type { Storage } from '../../src/application/ports/storage.js';
import type { Grant } from '../../src/domain/authorization/grant.js';
import type { RefreshToken } from '../../src/domain/tokens/refresh-token.js';
import { createMemoryStorage } from '../../src/infrastructure/memory/create-memory-storage.js';
import { RecentRefreshTokens } from '../../src/infrastructure/recent-refresh-tokens.js';

let storage: Storage;
let recent: RecentRefreshTokens;
let refreshToken: RefreshToken;
let grant: Grant;
let asked: string[];

beforeEach(async () => {
  storage = createMemoryStorage();
  recent = new RecentRefreshTokens(storage.refreshTokens, 3);
  ({ refreshToken, grant } = await givenTokens(storage));
  asked = [];
  const { find } = storage.refreshTokens;
  vi.spyOn(storage.refreshTokens, 'find').mockImplementation((id) => {
    asked.push(id);
    return find.call(storage.refreshTokens, id);
  });
});

/** What is remembered of a token has the same bytes in another kind of array. */
const bytesOf = <Token extends { readonly digest: Uint8Array }>(token: Token | null) => token && { ...token, digest: [...token.digest] };

/** Rotates `token`; answers its successor. */
async function rotated(token: RefreshToken): Promise<RefreshToken> {
  const rotation = rotationOf(token, grant);
  expect(await recent.rotate(rotation)).toEqual({ outcome: 'rotated' });
  return rotation.successor;
}

it('does not ask the store for what it issued, nor twice for what it read', async () => {
  for (const _ of [1, 2]) expect(bytesOf(await recent.find(refreshToken.id))).toMatchObject(bytesOf(refreshToken) ?? {});
  expect(asked).toEqual([refreshToken.id]);
  const successor = await rotated(refreshToken);
  expect(bytesOf(await recent.find(successor.id))).toEqual(bytesOf(await storage.refreshTokens.find(successor.id)));
  expect(asked).toEqual([refreshToken.id, successor.id]);
});

it('leaves it to the store whether a token may be used', async () => {
  const successor = await rotated(refreshToken);
  expect(await recent.rotate(rotationOf(refreshToken, grant))).toMatchObject({ outcome: 'repeated' });
  await storage.grants.revoke(grant.id, 'revoked_by_person', now);
  expect(bytesOf(await recent.find(successor.id))).toMatchObject(bytesOf(successor) ?? {});
  expect(await recent.rotate(rotationOf(successor, grant))).toEqual({ outcome: 'revoked' });
  expect(await recent.keep(keepingOf(successor, grant))).toEqual({ outcome: 'revoked' });
});

it('remembers nothing of a rotation that was refused, nor of a token that has ended', async () => {
  await rotated(refreshToken);
  const refused = rotationOf(refreshToken, grant);
  expect(await recent.rotate(refused)).toMatchObject({ outcome: 'repeated' });
  expect(await recent.find(refused.successor.id)).toBeNull();
  await storage.grants.revoke(grant.id, 'revoked_by_person', now);
  for (const _ of [1, 2]) expect(await recent.find(refreshToken.id)).toMatchObject({ ended: { reason: 'revoked_by_person' } });
  expect(asked).toEqual([refused.successor.id, refreshToken.id, refreshToken.id]);
});

it('forgets what was replaced, however long ago it was read, and asks the store for it', async () => {
  const others = [await givenTokens(storage), await givenTokens(storage), await givenTokens(storage)];
  await recent.find(refreshToken.id);
  for (const other of others) await recent.find(other.refreshToken.id);
  const successor = await rotated(refreshToken);
  asked = [];
  expect(await recent.find(refreshToken.id)).toMatchObject({ rotatedAt: expect.any(Date) });
  expect(await recent.find(successor.id)).toMatchObject({ rotatedAt: null });
  expect(asked).toEqual([refreshToken.id]);
});

it('holds a chain in the place of one token, however long it gets', async () => {
  const other = await givenTokens(storage);
  await recent.find(other.refreshToken.id);
  let last = refreshToken;
  for (let length = 1; length <= 7; length += 1) last = await rotated(last);
  asked = [];
  await recent.find(other.refreshToken.id);
  await recent.find(last.id);
  expect(asked).toEqual([]);
});

it('holds the last few only: at most two halves', async () => {
  const ids = [refreshToken.id];
  for (let count = 1; count <= 7; count += 1) ids.push((await givenTokens(storage)).refreshToken.id);
  for (const id of ids) await recent.find(id);
  asked = [];
  for (const id of [...ids].reverse()) await recent.find(id);
  expect(asked).toEqual([ids[2], ids[1], ids[0]]);
});

it('finds nothing where there is nothing', async () => {
  expect(await recent.find(someRefreshToken(grant).id)).toBeNull();
});

it.each([
  ['many', Array.from({ length: 17 }, (_, index) => `r:${index}`)],
  ['long', ['https://api.example/'.padEnd(600, 'x')]],
])('asks the store for one whose resources are %s, each time: they would fill the memory', async (_, resources) => {
  const token = { ...someRefreshToken(grant), resources };
  vi.spyOn(storage.refreshTokens, 'find').mockImplementation(async (id) => {
    asked.push(id);
    return { ...token, rotatedAt: null, ended: null };
  });
  await recent.find(token.id);
  await recent.find(token.id);
  expect(asked).toEqual([token.id, token.id]);
});
