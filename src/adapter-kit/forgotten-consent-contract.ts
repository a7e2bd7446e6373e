import type { Storage } from '../application/ports/storage.js';
import { expect } from './expect.js';
import { agreedAt, now, plus, someConsent } from './fixtures.js';
import { givenConsent, givenPair } from './given.js';
import { atOnce, tenTimes } from './races.js';
import { it } from './runner.js';

export function forgottenConsentContract(store: () => Storage): void {
  it('forgets a consent, so that nothing of it comes back with the next', async () => {
    const pair = await givenPair(store());
    await givenConsent(store(), { ...pair, scopes: ['email'], declinedScopes: [], redirectUris: [agreedAt], givenAt: now, expiresAt: null });
    await store().consents.forget(pair);
    await store().consents.forget(pair);
    expect(await store().consents.find(pair.userId, pair.clientId)).toBeNull();
    const next = await givenConsent(store(), { ...pair, scopes: ['default'], declinedScopes: [], redirectUris: [agreedAt], givenAt: plus(1), expiresAt: null });
    expect(await store().consents.find(pair.userId, pair.clientId)).toEqual(next);
  });

  it('answers how many it forgot: those of a person, of a client, or of a person for a client', async () => {
    const [ada, bob, one, other] = [await givenPair(store()), await givenPair(store()), await givenPair(store()), await givenPair(store())];
    const give = async () => {
      for (const { userId } of [ada, bob]) for (const { clientId } of [one, other]) await givenConsent(store(), someConsent({ userId, clientId }));
    };
    const left = async () => {
      const found = [ada, bob].flatMap(({ userId }) => [one, other].map(({ clientId }) => store().consents.find(userId, clientId)));
      return (await Promise.all(found)).map((consent) => consent !== null);
    };
    for (const [of, expected, count] of [
      [{ userId: ada.userId }, [false, false, true, true], 2],
      [{ clientId: one.clientId }, [false, true, false, true], 2],
      [{ userId: bob.userId, clientId: other.clientId }, [true, true, true, false], 1],
    ] as const) {
      await give();
      expect(await store().consents.forget(of)).toBe(count);
      expect(await left()).toEqual(expected);
      expect(await store().consents.forget(of)).toBe(0);
      expect(await left()).toEqual(expected);
    }
  });

  it('spares what was given after the moment named', async () => {
    const [before, then, after] = [await givenPair(store()), await givenPair(store()), await givenPair(store())];
    for (const [pair, givenAt] of [
      [before, plus(999)],
      [then, plus(1000)],
      [after, plus(1001)],
    ] as const) {
      const { userId } = before;
      await givenConsent(store(), someConsent({ userId, clientId: pair.clientId }, { givenAt }));
    }
    const pairs = [before, then, after].map(({ clientId }) => ({ userId: before.userId, clientId }));
    for (const pair of pairs) await store().consents.forget(pair, plus(998));
    expect(await Promise.all(pairs.map((pair) => store().consents.forget(pair, plus(1000))))).toEqual([1, 1, 0]);
    await givenConsent(store(), someConsent({ userId: before.userId, clientId: before.clientId }, { givenAt: plus(1000) }));
    expect(await store().consents.forget({ userId: before.userId }, plus(1000))).toBe(1);
    expect(await store().consents.find(before.userId, after.clientId)).not.toBeNull();
  });

  it('is forgotten once, by however many at once', () =>
    tenTimes(async () => {
      const { userId, clientId } = await givenConsent(store(), someConsent(await givenPair(store())));
      const ways = [{ userId }, { clientId }, { userId, clientId }];
      const counts = await atOnce(18, (index) => store().consents.forget(ways[index % 3] ?? { userId }));
      expect(counts.reduce((sum, count) => sum + count)).toBe(1);
    }));
}
