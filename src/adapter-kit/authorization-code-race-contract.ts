import { randomUUID } from 'node:crypto';
import type { Consumption } from '../application/ports/authorization-code-repository.js';
import type { Storage } from '../application/ports/storage.js';
import { consumingIn } from './consuming.js';
import { expect } from './expect.js';
import { plus } from './fixtures.js';
import { givenCode, givenTokens } from './given.js';
import { atOnce, tally, tenTimes } from './races.js';
import { describe, it } from './runner.js';
import { consumptionOf, someCode } from './token-fixtures.js';

/** Codes that are consumed at the same moment. */
export function authorizationCodeRaceContract(store: () => Storage): void {
  const { consume, expectNothingSaved } = consumingIn(store);

  describe('in a race', () => {
    it('is consumed by exactly one of 50; the others replayed it, and the grant is revoked', () =>
      tenTimes(async () => {
        const { grant, code } = await givenCode(store());
        const consumptions = Array.from({ length: 50 }, () => consumptionOf(code, grant));
        const outcomes = await atOnce(50, (index) => consume(consumptions[index] as Consumption));
        expect(tally(outcomes)).toEqual({ consumed: 1, replayed: 49 });
        const winner = consumptions[outcomes.indexOf('consumed')] as Consumption;
        expect((await store().accessTokens.find(winner.accessToken.id))?.ended?.reason).toBe('code_replayed');
        expect((await store().refreshTokens.find(winner.refreshToken?.id ?? ''))?.ended?.reason).toBe('code_replayed');
        for (const loser of consumptions.filter((consumption) => consumption !== winner)) await expectNothingSaved(loser);
      }));

    it('fails alone: of 50 that come together the one whose access token has a taken id', async () => {
      const other = await givenTokens(store());
      const given = await atOnce(50, () => givenCode(store()));
      const consumptions = given.map(({ code, grant }) => consumptionOf(code, grant));
      const bad = consumptions[20] as Consumption;
      const calls = consumptions.map((one) => consume(one === bad ? { ...one, accessToken: { ...one.accessToken, id: other.accessToken.id } } : one));
      const outcomes = await Promise.allSettled(calls);
      expect(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : 'failed'))).toEqual(
        consumptions.map((one) => (one === bad ? 'failed' : 'consumed')),
      );
      expect(await consume(bad)).toBe('consumed');
    });

    it('gives each of many that come together its own outcome', async () => {
      const [fresh, replayed, late, revoked] = await atOnce(4, () => givenCode(store()));
      if (!fresh || !replayed || !late || !revoked) throw new Error('four were given');
      const unknown = consumptionOf(late.code, late.grant, { id: randomUUID() });
      await consume(consumptionOf(replayed.code, replayed.grant));
      await store().grants.revoke(revoked.grant.id, 'revoked_by_person', plus(1));
      const outcomes = await Promise.all([
        consume(consumptionOf(fresh.code, fresh.grant)),
        consume(consumptionOf(replayed.code, replayed.grant)),
        consume(consumptionOf(late.code, late.grant, { at: late.code.expiresAt })),
        consume(consumptionOf(revoked.code, revoked.grant)),
        consume(unknown),
      ]);
      expect(outcomes).toEqual(['consumed', 'replayed', 'expired', 'revoked', 'unknown']);
      expect((await store().grants.find(fresh.grant.id))?.revoked).toBeNull();
      expect((await store().grants.find(late.grant.id))?.revoked).toBeNull();
      expect((await store().grants.find(replayed.grant.id))?.revoked?.reason).toBe('code_replayed');
    });

    it('of two codes of one grant ends both when one is replayed and the other consumed at the same moment', async () => {
      await atOnce(10, async (index) => {
        const { grant, code } = await givenCode(store());
        const second = someCode(grant);
        await store().authorizationCodes.add(second);
        await consume(consumptionOf(code, grant));
        const calls = [() => consume(consumptionOf(code, grant)), () => consume(consumptionOf(second, grant))];
        await Promise.all((index % 2 === 0 ? calls : calls.reverse()).map((call) => call()));
        expect((await store().grants.find(grant.id))?.revoked?.reason).toBe('code_replayed');
      });
    });

    it('does not keep 50 other codes from being consumed', async () => {
      const given = await atOnce(50, () => givenCode(store()));
      const outcomes = await Promise.all(given.map(({ code, grant }) => consume(consumptionOf(code, grant))));
      expect(tally(outcomes)).toEqual({ consumed: 50 });
    });

    it('leaves no living token behind when its grant is revoked at the same moment, in either order', async () => {
      await atOnce(30, async (index) => {
        const { grant, code } = await givenCode(store());
        const consumption = consumptionOf(code, grant);
        const calls = [() => consume(consumption), () => store().grants.revoke(grant.id, 'revoked_by_person', plus(1))];
        await Promise.all((index % 2 === 0 ? calls : calls.reverse()).map((call) => call()));
        expect((await store().accessTokens.find(consumption.accessToken.id))?.ended).not.toBeNull();
        expect((await store().refreshTokens.find(consumption.refreshToken?.id ?? ''))?.ended).not.toBeNull();
      });
    });
  });
}
