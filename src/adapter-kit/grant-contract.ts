import { randomUUID } from 'node:crypto';
import type { Storage } from '../application/ports/storage.js';
import type { Grant } from '../domain/authorization/grant.js';
import { uuid7 } from '../domain/tokens/uuid7.js';
import { expect } from './expect.js';
import { farthest, now, plus, someGrant, strangeKeys, trickyTexts } from './fixtures.js';
import { givenCode, givenConnection, givenGrant, givenTokens } from './given.js';
import { grantUnderConsentContract } from './grant-under-consent-contract.js';
import { atOnce, tenTimes } from './races.js';
import { describe, it } from './runner.js';
import { consumptionOf, keepingOf, rotationOf } from './token-fixtures.js';

/** How many grants one act ends: with very many a store may note the act instead of each. */
const endedTogether = { few: 2, 'very many': 25 };

export function grantContract(store: () => Storage): void {
  it.each<[string, Partial<Grant>]>([
    ['scopes in their order', { scopes: ['profile', 'default'] }],
    ['no scope', { scopes: [] }],
    ['awkward scopes', { scopes: trickyTexts }],
    ['the year 9999', { createdAt: farthest }],
    ['no moment at which the person proved who they are', { authenticatedAt: null }],
    ['an end of its own', { expiresAt: farthest }],
    ['its use', { lastUsedAt: plus(7), usedScopes: ['profile', 'default'] }],
    ['its end', { revoked: { at: plus(1), reason: 'revoked_by_person' } }],
  ])('keeps every field of a grant with %s', async (_, fields) => {
    const grant = await givenGrant(store(), fields);
    expect(await store().grants.find(grant.id)).toEqual(grant);
  });

  it('refuses a second grant of the same id, and keeps the first as it is', async () => {
    const grant = await givenGrant(store());
    await expect(store().grants.add({ ...grant, scopes: ['email'] })).rejects.toThrow();
    expect(await store().grants.find(grant.id)).toEqual(grant);
  });

  describe('under a consent', () => grantUnderConsentContract(store));

  it('revokes once; the first reason stays', async () => {
    const grant = await givenGrant(store());
    expect(await store().grants.revoke(grant.id, 'revoked_by_person', plus(1))).toBe(true);
    expect(await store().grants.revoke(grant.id, 'revoked_by_operator', plus(2))).toBe(false);
    expect(await store().grants.find(grant.id)).toEqual({ ...grant, revoked: { at: plus(1), reason: 'revoked_by_person' } });
  });

  it('is revoked by exactly one of 20 who revoke at once, and for that one’s reason', () =>
    tenTimes(async () => {
      const grant = await givenGrant(store());
      const revoked = await atOnce(20, (index) => store().grants.revoke(grant.id, 'revoked_by_client', plus(index)));
      expect(revoked.filter(Boolean)).toHaveLength(1);
      expect((await store().grants.find(grant.id))?.revoked).toEqual({ at: plus(revoked.indexOf(true)), reason: 'revoked_by_client' });
    }));

  it('ends everything that descends from it', async () => {
    const { grant, code } = await givenCode(store());
    await store().grants.revoke(grant.id, 'revoked_by_person', plus(1));
    expect(await store().authorizationCodes.consume(consumptionOf(code, grant))).toBe('revoked');

    const family = await givenTokens(store());
    await store().grants.revoke(family.grant.id, 'revoked_by_person', plus(1));
    const ended = { at: plus(1), reason: 'revoked_by_person' };
    expect((await store().accessTokens.find(family.accessToken.id))?.ended).toEqual(ended);
    expect((await store().refreshTokens.find(family.refreshToken.id))?.ended).toEqual(ended);
    expect(await store().refreshTokens.rotate(rotationOf(family.refreshToken, family.grant))).toEqual({ outcome: 'revoked' });
    expect(await store().refreshTokens.keep(keepingOf(family.refreshToken, family.grant))).toEqual({ outcome: 'revoked' });
  });

  it('ends nothing that descends from another', async () => {
    const [one, other] = [await givenTokens(store()), await givenTokens(store())];
    await store().grants.revoke(one.grant.id, 'revoked_by_person', plus(1));
    expect((await store().accessTokens.find(other.accessToken.id))?.ended).toBeNull();
    expect(await store().refreshTokens.rotate(rotationOf(other.refreshToken, other.grant))).toEqual({ outcome: 'rotated' });
  });

  it('revokes all of a person, of a client, or of a person for a client, and counts those that were live', async () => {
    const first = await givenGrant(store());
    const elsewhere = await givenGrant(store());
    const { userId, clientId } = first;
    const mine = [first, someGrant(userId, clientId), someGrant(userId, clientId, { revoked: { at: now, reason: 'revoked_by_client' } })];
    const [myOther, theirs] = [someGrant(userId, elsewhere.clientId), someGrant(elsewhere.userId, clientId)];
    for (const grant of [...mine.slice(1), myOther, theirs]) await store().grants.add(grant);
    const live = async () => {
      const grants = await Promise.all([...mine, myOther, theirs, elsewhere].map(({ id }) => store().grants.find(id)));
      return grants.filter((grant) => grant?.revoked === null).map((grant) => grant?.id);
    };

    expect(await store().grants.revokeAll({ userId, clientId }, 'revoked_by_person', plus(1))).toBe(2);
    expect(await live()).toEqual([myOther.id, theirs.id, elsewhere.id]);
    expect(await store().grants.revokeAll({ userId }, 'revoked_by_operator', plus(2))).toBe(1);
    expect(await live()).toEqual([theirs.id, elsewhere.id]);
    expect(await store().grants.revokeAll({ clientId }, 'revoked_by_operator', plus(3))).toBe(1);
    expect(await live()).toEqual([elsewhere.id]);
    expect(await store().grants.revokeAll({ userId }, 'revoked_by_operator', plus(4))).toBe(0);
    expect((await store().grants.find(first.id))?.revoked).toEqual({ at: plus(1), reason: 'revoked_by_person' });
  });

  it.each(Object.entries(endedTogether))('ends %s of a person together, also one that a clock that is ahead made later', async (_, count) => {
    const later = plus(8000);
    const { grant, accessToken, refreshToken } = await givenTokens(store(), { grant: { id: uuid7(later), createdAt: later } });
    const { userId, clientId } = grant;
    for (let index = 1; index < count; index += 1) await givenConnection(store(), userId, clientId);
    expect(await store().grants.revokeAll({ userId }, 'revoked_by_person', plus(5000))).toBe(count);
    expect((await store().accessTokens.find(accessToken.id))?.ended).toEqual({ at: plus(5000), reason: 'revoked_by_person' });
    expect(await store().refreshTokens.rotate(rotationOf(refreshToken, grant))).toEqual({ outcome: 'revoked' });
  });

  it.each(Object.entries(endedTogether))('keeps the first reason of each of %s that ended together, whatever comes afterwards', async (_, count) => {
    const { grant, code, accessToken, refreshToken } = await givenTokens(store());
    const { userId, clientId } = grant;
    for (let index = 1; index < count; index += 1) await givenConnection(store(), userId, clientId);
    const ended = { at: plus(5), reason: 'revoked_by_person' } as const;
    await store().grants.revokeAll({ userId }, ended.reason, ended.at);
    const found = async () => [
      (await store().grants.find(grant.id))?.revoked,
      (await store().accessTokens.find(accessToken.id))?.ended,
      (await store().refreshTokens.find(refreshToken.id))?.ended,
    ];
    expect(await store().authorizationCodes.consume(consumptionOf(code, grant))).toBe('replayed');
    expect(await found()).toEqual([ended, ended, ended]);
    expect(await store().grants.revoke(grant.id, 'revoked_by_operator', plus(6))).toBe(false);
    expect(await found()).toEqual([ended, ended, ended]);
    expect(await store().grants.revokeAll({ clientId }, 'revoked_by_operator', plus(7))).toBe(0);
    expect(await found()).toEqual([ended, ended, ended]);
  });

  it('revokes each grant once when overlapping sets are revoked at once', () =>
    tenTimes(async () => {
      const { userId, clientId } = await givenGrant(store());
      await atOnce(29, () => store().grants.add(someGrant(userId, clientId)));
      const counts = await atOnce(20, (index) => store().grants.revokeAll(index % 2 === 0 ? { userId } : { clientId }, 'revoked_by_operator', plus(index)));
      expect(counts.reduce((sum, count) => sum + count)).toBe(30);
    }));

  it('finds and revokes nothing under any other key', async () => {
    const grant = await givenGrant(store());
    for (const key of [randomUUID(), ...strangeKeys]) {
      expect(await store().grants.find(key), `id ${key}`).toBeNull();
      expect(await store().grants.revoke(key, 'revoked_by_operator', now), `id ${key}`).toBe(false);
      expect(await store().grants.revokeAll({ userId: key }, 'revoked_by_operator', now), `user ${key}`).toBe(0);
      expect(await store().grants.revokeAll({ clientId: key }, 'revoked_by_operator', now), `client ${key}`).toBe(0);
      expect(await store().grants.revokeAll({ userId: grant.userId, clientId: key }, 'revoked_by_operator', now), `client ${key}`).toBe(0);
      expect(await store().grants.revokeAll({ userId: key, clientId: grant.clientId }, 'revoked_by_operator', now), `user ${key}`).toBe(0);
    }
    expect(await store().grants.find(grant.id)).toEqual(grant);
  });
}
