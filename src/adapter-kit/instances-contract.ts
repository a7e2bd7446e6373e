import type { Rotation } from '../application/ports/refresh-token-repository.js';
import type { Storage } from '../application/ports/storage.js';
import { eventually } from './eventually.js';
import { expect } from './expect.js';
import { plus } from './fixtures.js';
import { givenClient, givenCode, givenTokens } from './given.js';
import { purgeAll } from './purge-all.js';
import { atOnce, tally, tenTimes } from './races.js';
import { it } from './runner.js';
import type { StorageHarness } from './storage-harness.js';
import { consumptionOf, rotationOf, someMachineToken } from './token-fixtures.js';
import { toldOfClients } from './told-of-clients.js';
import { twoStores } from './two-stores.js';

/** Two instances of the server on one store. */
export function instancesContract(harness: StorageHarness): void {
  const { one, other } = twoStores(
    harness,
    async (first) => (await harness.openAgain?.(first)) as Storage,
    (second) => second.close(),
  );
  const either = (index: number) => (index % 2 === 0 ? one() : other());

  it('sees what the other instance wrote as soon as that was done', async () => {
    const { grant, accessToken } = await givenTokens(one());
    expect(await other().accessTokens.find(accessToken.id)).toEqual({ ...accessToken, ended: null });
    await other().grants.revoke(grant.id, 'revoked_by_person', plus(1));
    expect((await one().accessTokens.find(accessToken.id))?.ended).toEqual({ at: plus(1), reason: 'revoked_by_person' });
  });

  it('consumes a code that 50 present at once to both instances exactly once', () =>
    tenTimes(async () => {
      const { grant, code } = await givenCode(one());
      expect(tally(await atOnce(50, (index) => either(index).authorizationCodes.consume(consumptionOf(code, grant))))).toEqual({ consumed: 1, replayed: 49 });
    }));

  it('rotates a token that 50 present at once to both instances exactly once, and gives all the same answer', () =>
    tenTimes(async () => {
      const { grant, refreshToken } = await givenTokens(one());
      const rotations = Array.from({ length: 50 }, () => rotationOf(refreshToken, grant));
      const results = await atOnce(50, (index) => either(index).refreshTokens.rotate(rotations[index] as Rotation));
      expect(tally(results)).toEqual({ rotated: 1, repeated: 49 });
      const winner = rotations[results.findIndex(({ outcome }) => outcome === 'rotated')];
      for (const result of results) if (result.outcome === 'repeated') expect(result.sealedAnswer).toEqual(winner?.sealedAnswer);
    }));

  it('counts attempts for both instances together', async () => {
    const budget = { name: 'instances', attempts: 7, seconds: 60 };
    expect(tally(await atOnce(50, (index) => either(index).attempts.take(budget, 'ada')))).toEqual({ taken: 7, exhausted: 43 });
  });

  it('gives notice of what the other instance changed', async () => {
    const { told, end } = await toldOfClients(other());
    const client = await givenClient(one());
    await eventually('the notice of a change', () => told.includes(client.id));
    end();
  });

  // One that forgets by itself has nothing to purge.
  if (harness.forgetful) return;
  it('deletes what is dead once, when both instances purge at the same moment', async () => {
    const client = await givenClient(one());
    const place = plus(-1000);
    await atOnce(60, () => one().accessTokens.add(someMachineToken(client.id, { expiresAt: place })));
    const totals = await atOnce(2, (index) => purgeAll(either(index), plus(-999), 7));
    expect(totals.reduce((sum, total) => sum + total)).toBe(60);
  });
}
