import type { Rotation } from '../application/ports/refresh-token-repository.js';
import type { Storage } from '../application/ports/storage.js';
import { expect } from './expect.js';
import { plus } from './fixtures.js';
import { givenTokens } from './given.js';
import { atOnce, tally, tenTimes } from './races.js';
import { rotatingIn } from './rotating.js';
import { describe, it } from './runner.js';
import { rotationOf } from './token-fixtures.js';

/** Rotations of one family at the same moment. */
export function rotateRaceContract(store: () => Storage): void {
  const { rotate, expectNothingSaved, givenRotated } = rotatingIn(store);

  describe('in a race', () => {
    it('is rotated by exactly one of 50; the others are given its answer, and the family lives', () =>
      tenTimes(async () => {
        const { grant, refreshToken } = await givenTokens(store());
        const rotations = Array.from({ length: 50 }, () => rotationOf(refreshToken, grant));
        const results = await atOnce(50, (index) => rotate(rotations[index] as Rotation));
        expect(tally(results)).toEqual({ rotated: 1, repeated: 49 });
        const winner = rotations[results.findIndex((result) => result.outcome === 'rotated')] as Rotation;
        for (const result of results) if (result.outcome === 'repeated') expect(result.sealedAnswer).toEqual(winner.sealedAnswer);
        for (const loser of rotations.filter((rotation) => rotation !== winner)) await expectNothingSaved(loser);
        expect((await store().grants.find(grant.id))?.revoked).toBeNull();
        expect(await rotate(rotationOf(winner.successor, grant))).toEqual({ outcome: 'rotated' });
      }));

    it('fails alone: of 50 that come together the one whose successor has a taken id', async () => {
      const families = await atOnce(50, () => givenTokens(store()));
      const rotations = families.map(({ refreshToken, grant }) => rotationOf(refreshToken, grant));
      const taken = (families[0] as (typeof families)[number]).refreshToken.id;
      const bad = rotations[20] as Rotation;
      const outcomes = await Promise.allSettled(rotations.map((one) => rotate(one === bad ? { ...one, successor: { ...one.successor, id: taken } } : one)));
      expect(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value.outcome : 'failed'))).toEqual(
        rotations.map((one) => (one === bad ? 'failed' : 'rotated')),
      );
      expect(await rotate(bad)).toEqual({ outcome: 'rotated' });
    });

    it('lets 50 who reuse a token revoke the grant once', () =>
      tenTimes(async () => {
        const { grant, refreshToken, rotation } = await givenRotated();
        const results = await atOnce(50, (index) => rotate(rotationOf(refreshToken, grant, { at: plus(index, rotation.repeatableUntil) })));
        const counts = tally(results);
        expect(counts.reused).toBeGreaterThanOrEqual(1);
        expect((counts.reused ?? 0) + (counts.revoked ?? 0)).toBe(50);
        const revoked = (await store().grants.find(grant.id))?.revoked;
        expect(revoked?.reason).toBe('refresh_token_reused');
        expect(results[(revoked?.at.getTime() ?? 0) - rotation.repeatableUntil.getTime()]).toEqual({ outcome: 'reused' });
      }));

    it('ends the whole family when an older token is reused while its successor is being rotated, in either order (RFC 9700 §4.14.2)', async () => {
      await atOnce(30, async (index) => {
        const { grant, refreshToken, rotation } = await givenRotated();
        const next = rotationOf(rotation.successor, grant, { at: rotation.repeatableUntil });
        const calls = [() => rotate(next), () => rotate(rotationOf(refreshToken, grant, { at: rotation.repeatableUntil }))];
        await Promise.all((index % 2 === 0 ? calls : calls.reverse()).map((call) => call()));
        expect((await store().grants.find(grant.id))?.revoked?.reason).toBe('refresh_token_reused');
        expect((await store().accessTokens.find(next.accessToken.id))?.ended).not.toBeNull();
        expect(['revoked', 'unknown']).toContain((await rotate(rotationOf(next.successor, grant))).outcome);
      });
    });

    it('leaves no living successor when its grant is revoked at the same moment, in either order', async () => {
      await atOnce(30, async (index) => {
        const { grant, refreshToken } = await givenTokens(store());
        const rotation = rotationOf(refreshToken, grant);
        const calls = [() => rotate(rotation), () => store().grants.revoke(grant.id, 'revoked_by_person', plus(1))];
        await Promise.all((index % 2 === 0 ? calls : calls.reverse()).map((call) => call()));
        expect((await store().accessTokens.find(rotation.accessToken.id))?.ended).not.toBeNull();
        const next = await rotate(rotationOf(rotation.successor, grant));
        expect(['revoked', 'unknown']).toContain(next.outcome);
      });
    });
  });
}
