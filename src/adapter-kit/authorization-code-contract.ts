import { randomUUID } from 'node:crypto';
import type { Storage } from '../application/ports/storage.js';
import type { AuthorizationCode } from '../domain/authorization/authorization-code.js';
import { authorizationCodeRaceContract } from './authorization-code-race-contract.js';
import { consumingIn } from './consuming.js';
import { expect } from './expect.js';
import { farthest, plus, strangeKeys, trickyTexts } from './fixtures.js';
import { givenCode, givenTokens } from './given.js';
import { describe, it } from './runner.js';
import { consumptionOf, someCode } from './token-fixtures.js';

export function authorizationCodeContract(store: () => Storage): void {
  const { consume, expectNothingSaved } = consumingIn(store);

  it.each<[string, Partial<AuthorizationCode>]>([
    ['a code challenge (RFC 7636 §4.4)', { codeChallenge: 'uQHx3Tz5Hc3HcHc1F4VbHb4tVqgYlQw3gLz1m9l0pXs' }],
    ['the least', { redirectUri: null, scopes: [], resources: [], codeChallenge: null }],
    ['lists in their order', { scopes: ['b', 'a'], resources: ['https://b.example/', 'https://a.example'] }],
    ['awkward texts', { scopes: trickyTexts, resources: trickyTexts }],
    ['a redirect URI of 2,000 characters', { redirectUri: `https://client.example/${'x'.repeat(1977)}` }],
    ['an id that is not ordered by time', { id: randomUUID() }],
    ['an end of its grant', { grantExpiresAt: plus(86_400_000) }],
    ['the year 9999', { issuedAt: farthest, expiresAt: farthest, grantExpiresAt: farthest }],
  ])('keeps every field of a code with %s', async (_, fields) => {
    const { code } = await givenCode(store(), fields);
    expect(await store().authorizationCodes.find(code.id)).toEqual(code);
  });

  it('refuses a second code of the same id, and keeps the first as it is', async () => {
    const { grant, code } = await givenCode(store());
    await expect(store().authorizationCodes.add(someCode(grant, { id: code.id }))).rejects.toThrow();
    expect(await store().authorizationCodes.find(code.id)).toEqual(code);
  });

  it('saves the tokens of a code that is consumed, and still finds the code', async () => {
    const { grant, code } = await givenCode(store());
    const consumption = consumptionOf(code, grant);
    expect(await consume(consumption)).toBe('consumed');
    expect(await store().accessTokens.find(consumption.accessToken.id)).toEqual({ ...consumption.accessToken, ended: null });
    expect(await store().refreshTokens.find(consumption.refreshToken?.id ?? '')).toEqual({ ...consumption.refreshToken, rotatedAt: null, ended: null });
    expect(await store().authorizationCodes.find(code.id)).toEqual(code);
  });

  it('saves an access token alone for a client that may not refresh', async () => {
    const { grant, code } = await givenCode(store());
    const consumption = consumptionOf(code, grant, { refreshToken: null });
    expect(await consume(consumption)).toBe('consumed');
    expect(await store().accessTokens.find(consumption.accessToken.id)).toEqual({ ...consumption.accessToken, ended: null });
  });

  it('consumes a millisecond before it expires, and no later', async () => {
    for (const [late, outcome] of [
      [-1, 'consumed'],
      [0, 'expired'],
      [1, 'expired'],
    ] as const) {
      const { grant, code } = await givenCode(store());
      const consumption = consumptionOf(code, grant, { at: plus(late, code.expiresAt) });
      expect(await consume(consumption), `${late} ms after its expiry`).toBe(outcome);
      if (outcome === 'expired') await expectNothingSaved(consumption);
    }
  });

  it('revokes the grant of a code that is consumed twice (RFC 6749 §4.1.2)', async () => {
    const { grant, code, accessToken, refreshToken } = await givenTokens(store());
    const second = consumptionOf(code, grant, { at: plus(2000) });
    expect(await consume(second)).toBe('replayed');
    const ended = { at: plus(2000), reason: 'code_replayed' };
    expect((await store().grants.find(grant.id))?.revoked).toEqual(ended);
    expect((await store().accessTokens.find(accessToken.id))?.ended).toEqual(ended);
    expect((await store().refreshTokens.find(refreshToken.id))?.ended).toEqual(ended);
    await expectNothingSaved(second);
  });

  it('knows a replay after the code expired', async () => {
    const { grant, code } = await givenTokens(store());
    expect(await consume(consumptionOf(code, grant, { at: plus(1, code.expiresAt) }))).toBe('replayed');
    expect((await store().grants.find(grant.id))?.revoked?.reason).toBe('code_replayed');
  });

  it('knows a replay after the grant was revoked, whose reason stays', async () => {
    const { grant, code } = await givenTokens(store());
    await store().grants.revoke(grant.id, 'revoked_by_person', plus(1500));
    expect(await consume(consumptionOf(code, grant, { at: plus(2000) }))).toBe('replayed');
    expect((await store().grants.find(grant.id))?.revoked).toEqual({ at: plus(1500), reason: 'revoked_by_person' });
  });

  it('is not consumed once its grant is revoked, expired or not', async () => {
    const { grant, code } = await givenCode(store());
    await store().grants.revoke(grant.id, 'revoked_by_person', plus(1));
    for (const at of [plus(1000), plus(1, code.expiresAt)]) {
      const consumption = consumptionOf(code, grant, { at });
      expect(await consume(consumption)).toBe('revoked');
      await expectNothingSaved(consumption);
    }
    expect((await store().grants.find(grant.id))?.revoked).toEqual({ at: plus(1), reason: 'revoked_by_person' });
  });

  it('is not consumed while its person is disabled', async () => {
    const { grant, code } = await givenCode(store());
    await store().users.setDisabled(grant.userId, plus(1));
    const consumption = consumptionOf(code, grant);
    expect(await consume(consumption)).toBe('revoked');
    await expectNothingSaved(consumption);
    await store().users.setDisabled(grant.userId, null);
    expect(await consume(consumption)).toBe('consumed');
  });

  it('stands beside another code of the same grant; a replay of one ends both', async () => {
    const { grant, code } = await givenCode(store());
    const [second, third] = [someCode(grant), someCode(grant)];
    await store().authorizationCodes.add(second);
    await store().authorizationCodes.add(third);
    expect(await consume(consumptionOf(code, grant))).toBe('consumed');
    expect(await consume(consumptionOf(second, grant))).toBe('consumed');
    expect(await consume(consumptionOf(code, grant))).toBe('replayed');
    expect(await consume(consumptionOf(third, grant))).toBe('revoked');
  });

  it('finds and consumes nothing under any other key', async () => {
    const { grant, code } = await givenCode(store());
    for (const key of [randomUUID(), ...strangeKeys]) {
      expect(await store().authorizationCodes.find(key), `id ${key}`).toBeNull();
      const consumption = consumptionOf(code, grant, { id: key });
      expect(await consume(consumption), `id ${key}`).toBe('unknown');
      await expectNothingSaved(consumption);
    }
    expect(await consume(consumptionOf(code, grant))).toBe('consumed');
  });

  describe('a consumption that fails', () => {
    it.each(['accessToken', 'refreshToken'] as const)('leaves nothing half-done: the id of its %s is taken', async (taken) => {
      const other = await givenTokens(store());
      const { grant, code } = await givenCode(store());
      const sound = consumptionOf(code, grant);
      const failing = { ...sound, [taken]: { ...sound[taken], id: other[taken].id } };
      await expect(consume(failing)).rejects.toThrow();
      expect(await store().accessTokens.find(sound.accessToken.id)).toBeNull();
      expect(await store().refreshTokens.find(sound.refreshToken?.id ?? '')).toBeNull();
      expect((await store().grants.find(grant.id))?.revoked).toBeNull();
      expect((await store().accessTokens.find(other.accessToken.id))?.digest).toEqual(other.accessToken.digest);
      expect(await consume(sound)).toBe('consumed');
    });
  });

  authorizationCodeRaceContract(store);
}
