import type { Storage } from '../application/ports/storage.js';
import type { Grant } from '../domain/authorization/grant.js';
import { expect } from './expect.js';
import { now, plus } from './fixtures.js';
import { givenCode, givenGrant, givenTokens } from './given.js';
import { purgeAll } from './purge-all.js';
import { it } from './runner.js';
import { consumptionOf, keepingOf, rotationOf, someAccessToken, someRefreshToken } from './token-fixtures.js';

const day = 86_400_000;

export function grantPurgeContract(store: () => Storage): void {
  it('keeps a grant as long as anything that descends from it, and no longer', async () => {
    const lives = { code: plus(2 * day), accessToken: plus(4 * day), refreshToken: plus(6 * day) };
    const families: [string, Date, Grant][] = [];
    families.push(['code', lives.code, (await givenCode(store(), { expiresAt: lives.code })).grant]);
    const alone = await givenCode(store());
    const accessToken = someAccessToken(alone.grant, { expiresAt: lives.accessToken });
    await store().authorizationCodes.consume(consumptionOf(alone.code, alone.grant, { accessToken, refreshToken: null }));
    families.push(['access token', lives.accessToken, alone.grant]);
    const whole = await givenTokens(store(), { refreshToken: { expiresAt: lives.refreshToken, absoluteExpiresAt: lives.refreshToken } });
    families.push(['refresh token', lives.refreshToken, whole.grant]);

    for (const [last, end, grant] of families) {
      await purgeAll(store(), end);
      expect(await store().grants.find(grant.id), `its ${last} is left`).toEqual(grant);
      await purgeAll(store(), plus(1, end));
      expect(await store().grants.find(grant.id), `its ${last} is gone`).toBeNull();
    }
  });

  it('keeps a grant until the end of the chain of refresh tokens, so that a refresh need not write to it', async () => {
    const ends = { expiresAt: plus(2 * day), absoluteExpiresAt: plus(4 * day) };
    const [rotated, kept] = [await givenTokens(store(), { refreshToken: ends }), await givenTokens(store(), { refreshToken: ends })];
    const last = { expiresAt: ends.absoluteExpiresAt };
    const successor = someRefreshToken(rotated.grant, { ...ends, ...last });
    const accessToken = someAccessToken(rotated.grant, last);
    await store().refreshTokens.rotate(rotationOf(rotated.refreshToken, rotated.grant, { successor, accessToken }));
    await store().refreshTokens.keep(keepingOf(kept.refreshToken, kept.grant, { ...last, accessToken: someAccessToken(kept.grant, last) }));
    await purgeAll(store(), ends.absoluteExpiresAt);
    for (const { grant } of [rotated, kept]) expect(await store().grants.find(grant.id)).toEqual(grant);
    expect((await store().accessTokens.find(accessToken.id))?.ended).toBeNull();
    await purgeAll(store(), plus(1, ends.absoluteExpiresAt));
    for (const { grant } of [rotated, kept]) expect(await store().grants.find(grant.id)).toBeNull();
  });

  it('keeps a grant while what descends from it is dead but not deleted yet', async () => {
    const { grant } = await givenTokens(store());
    for (const expirable of store().expirables.slice(-1)) await expirable.purge(plus(3650 * day), 100);
    expect(await store().grants.find(grant.id)).toEqual(grant);
  });

  it('deletes a grant beneath which there is nothing, revoked or not, once it is old enough', async () => {
    const grants = [await givenGrant(store()), await givenGrant(store(), { revoked: { at: now, reason: 'revoked_by_person' } })];
    expect(await purgeAll(store(), now)).toBe(0);
    for (const grant of grants) expect(await store().grants.find(grant.id)).toEqual(grant);
    expect(await purgeAll(store(), plus(1))).toBe(2);
    for (const grant of grants) expect(await store().grants.find(grant.id)).toBeNull();
  });

  it('deletes a dead grant though others live, and lets those go on', async () => {
    const [dead, living] = [await givenGrant(store()), await givenTokens(store())];
    await purgeAll(store(), plus(day));
    expect(await store().grants.find(dead.id)).toBeNull();
    expect(await store().refreshTokens.rotate(rotationOf(living.refreshToken, living.grant))).toEqual({ outcome: 'rotated' });
  });
}
