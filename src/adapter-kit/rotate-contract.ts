import { randomUUID } from 'node:crypto';
import type { Storage } from '../application/ports/storage.js';
import type { RefreshToken } from '../domain/tokens/refresh-token.js';
import { expect } from './expect.js';
import { farthest, newBytes, plus, strangeKeys, trickyTexts } from './fixtures.js';
import { givenTokens } from './given.js';
import { rotateRaceContract } from './rotate-race-contract.js';
import { rotatingIn } from './rotating.js';
import { describe, it } from './runner.js';
import { rotationOf } from './token-fixtures.js';

export function rotateContract(store: () => Storage): void {
  const { rotate, find, expectNothingSaved, givenRotated } = rotatingIn(store);

  it.each<[string, Partial<RefreshToken>]>([
    ['the least', { scopes: [], resources: [] }],
    ['lists in their order', { scopes: ['b', 'a'], resources: ['https://b.example/', 'https://a.example'] }],
    ['awkward texts', { scopes: trickyTexts, resources: trickyTexts }],
    ['three moments that differ', { issuedAt: plus(-3), expiresAt: plus(1_000_001), absoluteExpiresAt: plus(2_000_002) }],
    ['the year 9999', { issuedAt: farthest, expiresAt: farthest, absoluteExpiresAt: farthest }],
  ])('keeps every field of a token with %s', async (_, fields) => {
    const { refreshToken } = await givenTokens(store(), { refreshToken: fields });
    expect(await find(refreshToken)).toEqual({ ...refreshToken, rotatedAt: null, ended: null });
  });

  it('saves the successor and the access token, and tells when the token was rotated', async () => {
    const { grant, refreshToken } = await givenTokens(store());
    const rotation = rotationOf(refreshToken, grant);
    expect(await rotate(rotation)).toEqual({ outcome: 'rotated' });
    expect(await find(rotation.successor)).toEqual({ ...rotation.successor, rotatedAt: null, ended: null });
    expect(await store().accessTokens.find(rotation.accessToken.id)).toEqual({ ...rotation.accessToken, ended: null });
    expect(await find(refreshToken)).toEqual({ ...refreshToken, rotatedAt: rotation.at, ended: null });
  });

  it('rotates a chain of successors, each once', async () => {
    const { grant, refreshToken } = await givenTokens(store());
    let newest = refreshToken;
    for (let count = 0; count < 5; count += 1) {
      const rotation = rotationOf(newest, grant);
      expect(await rotate(rotation)).toEqual({ outcome: 'rotated' });
      newest = rotation.successor;
    }
    expect(await find(newest)).toEqual({ ...newest, rotatedAt: null, ended: null });
  });

  it('rotates a millisecond before the token expires, and no later', async () => {
    for (const [late, outcome] of [
      [-1, 'rotated'],
      [0, 'expired'],
      [1, 'expired'],
    ] as const) {
      const { grant, refreshToken } = await givenTokens(store());
      const rotation = rotationOf(refreshToken, grant, { at: plus(late, refreshToken.expiresAt) });
      expect(await rotate(rotation), `${late} ms after its expiry`).toEqual({ outcome });
      if (outcome === 'expired') await expectNothingSaved(rotation);
    }
  });

  it('repeats the first answer until the grace window is over, and saves nothing', async () => {
    const { grant, refreshToken, rotation } = await givenRotated();
    for (const at of [plus(1, rotation.at), plus(-1, rotation.repeatableUntil)]) {
      const second = rotationOf(refreshToken, grant, { at });
      expect(await rotate(second)).toEqual({ outcome: 'repeated', sealedAnswer: rotation.sealedAnswer });
      await expectNothingSaved(second);
    }
    expect((await store().grants.find(grant.id))?.revoked).toBeNull();
    expect(await rotate(rotationOf(rotation.successor, grant))).toEqual({ outcome: 'rotated' });
  });

  it('repeats an answer within the grace window also when the token has expired meanwhile', async () => {
    const { grant, refreshToken } = await givenTokens(store(), { refreshToken: { expiresAt: plus(10_000) } });
    const rotation = rotationOf(refreshToken, grant, { at: plus(9_999) });
    await rotate(rotation);
    expect(await rotate(rotationOf(refreshToken, grant, { at: plus(20_000) }))).toEqual({ outcome: 'repeated', sealedAnswer: rotation.sealedAnswer });
  });

  it.each([
    ['none', new Uint8Array(0)],
    ['every value of a byte', Uint8Array.from({ length: 256 }, (_, index) => index)],
    ['16 kB', newBytes(16_384)],
  ])('keeps the bytes of a sealed answer: %s', async (_, sealedAnswer) => {
    const { grant, refreshToken } = await givenTokens(store());
    await rotate(rotationOf(refreshToken, grant, { sealedAnswer }));
    expect(await rotate(rotationOf(refreshToken, grant))).toEqual({ outcome: 'repeated', sealedAnswer });
  });

  it('revokes the grant of a token that is reused from the end of its grace window on (RFC 9700 §4.14.2)', async () => {
    for (const late of [0, 1, 86_400_000]) {
      const { grant, refreshToken, accessToken, rotation } = await givenRotated();
      const at = plus(late, rotation.repeatableUntil);
      const reuse = rotationOf(refreshToken, grant, { at });
      expect(await rotate(reuse), `${late} ms after the window`).toEqual({ outcome: 'reused' });
      const ended = { at, reason: 'refresh_token_reused' };
      expect((await store().grants.find(grant.id))?.revoked).toEqual(ended);
      for (const token of [refreshToken, rotation.successor]) expect((await find(token))?.ended).toEqual(ended);
      for (const token of [accessToken, rotation.accessToken]) expect((await store().accessTokens.find(token.id))?.ended).toEqual(ended);
      expect(await rotate(rotationOf(rotation.successor, grant))).toEqual({ outcome: 'revoked' });
      await expectNothingSaved(reuse);
    }
  });

  it('says that the grant is revoked before it says anything else', async () => {
    const { grant, refreshToken, rotation } = await givenRotated();
    await store().grants.revoke(grant.id, 'revoked_by_person', plus(1));
    for (const token of [refreshToken, rotation.successor]) {
      for (const at of [plus(1, rotation.at), rotation.repeatableUntil, token.expiresAt]) {
        const another = rotationOf(token, grant, { at });
        expect(await rotate(another)).toEqual({ outcome: 'revoked' });
        await expectNothingSaved(another);
      }
    }
    expect((await store().grants.find(grant.id))?.revoked).toEqual({ at: plus(1), reason: 'revoked_by_person' });
  });

  it('rotates nothing while its person is disabled, whatever else holds of the token', async () => {
    const { grant, refreshToken } = await givenTokens(store());
    await store().users.setDisabled(grant.userId, plus(1));
    const use = rotationOf(refreshToken, grant);
    expect(await rotate(use)).toEqual({ outcome: 'revoked' });
    expect(await rotate(rotationOf(refreshToken, grant, { at: refreshToken.expiresAt }))).toEqual({ outcome: 'revoked' });
    await expectNothingSaved(use);
    expect((await store().grants.find(grant.id))?.revoked).toBeNull();
    await store().users.setDisabled(grant.userId, null);
    expect(await rotate(use)).toEqual({ outcome: 'rotated' });
  });

  it('finds and rotates nothing under any other key', async () => {
    const { grant, refreshToken } = await givenTokens(store());
    for (const key of [randomUUID(), ...strangeKeys]) {
      expect(await find({ id: key }), `id ${key}`).toBeNull();
      const rotation = rotationOf(refreshToken, grant, { id: key });
      expect(await rotate(rotation), `id ${key}`).toEqual({ outcome: 'unknown' });
      await expectNothingSaved(rotation);
    }
    expect(await rotate(rotationOf(refreshToken, grant))).toEqual({ outcome: 'rotated' });
  });

  describe('a rotation that fails', () => {
    it.each(['successor', 'accessToken'] as const)('leaves nothing half-done: the id of its %s is taken', async (taken) => {
      const other = await givenTokens(store());
      const { grant, refreshToken } = await givenTokens(store());
      const sound = rotationOf(refreshToken, grant);
      const id = taken === 'successor' ? other.refreshToken.id : other.accessToken.id;
      await expect(rotate({ ...sound, [taken]: { ...sound[taken], id } })).rejects.toThrow();
      await expectNothingSaved(sound);
      expect(await find(refreshToken)).toEqual({ ...refreshToken, rotatedAt: null, ended: null });
      expect(await rotate(sound)).toEqual({ outcome: 'rotated' });
    });

    it('cannot make a token its own successor', async () => {
      const { grant, refreshToken } = await givenTokens(store());
      await expect(rotate(rotationOf(refreshToken, grant, { successor: refreshToken }))).rejects.toThrow();
      expect(await rotate(rotationOf(refreshToken, grant))).toEqual({ outcome: 'rotated' });
    });
  });

  rotateRaceContract(store);
}
