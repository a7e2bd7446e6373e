import type { Storage } from '../application/ports/storage.js';
import { expect } from './expect.js';
import { newBytes, now, plus, someConsent, someRequest, someSession, someUpstreamRequest } from './fixtures.js';
import { givenClient, givenGrant, givenTokens, givenUser } from './given.js';
import { purgeAll } from './purge-all.js';
import { atOnce } from './races.js';
import { it } from './runner.js';
import { consumptionOf, keepingOf, rotationOf, someAccessToken, someCode, someMachineToken, someRefreshToken } from './token-fixtures.js';

const day = 86_400_000;

export function expirableContract(store: () => Storage): void {
  async function givenMachineTokens(count: number, expiresAt: Date): Promise<string[]> {
    const client = await givenClient(store());
    const tokens = Array.from({ length: count }, () => someMachineToken(client.id, { expiresAt }));
    await Promise.all(tokens.map((token) => store().accessTokens.add(token)));
    return tokens.map(({ id }) => id);
  }
  const accessTokensLeft = async (ids: readonly string[]) => (await Promise.all(ids.map((id) => store().accessTokens.find(id)))).filter(Boolean).length;

  /** The kinds of those that are there, or that are not. */
  async function kindsOf(finds: readonly [string, () => Promise<unknown>][], there: boolean): Promise<string[]> {
    const found = await Promise.all(finds.map(([, find]) => find()));
    return finds.flatMap(([kind], index) => ((found[index] !== null) === there ? [kind] : []));
  }

  it('deletes what expired before the moment given, and nothing that expired at it or after', async () => {
    const { grant, code: first } = await givenTokens(store(), { accessToken: { expiresAt: plus(9 * day) } });
    const kept: [string, () => Promise<unknown>][] = [];
    // The first code lived a minute; its family's other two rows live on.
    const gone: [string, () => Promise<unknown>][] = [['a consumed code', () => store().authorizationCodes.find(first.id)]];
    for (const [late, finds] of [
      [-1, gone],
      [0, kept],
      [1, kept],
    ] as const) {
      const expiresAt = plus(late, plus(2 * day));
      const request = someRequest({ expiresAt });
      const session = someSession(grant.userId, { expiresAt });
      const [unused, consumed] = [someCode(grant, { expiresAt }), someCode(grant, { expiresAt: plus(9 * day) })];
      const tokens = { accessToken: someAccessToken(grant, { expiresAt }), refreshToken: someRefreshToken(grant, { expiresAt }) };
      await store().authorizationRequests.add(request);
      await store().sessions.add(session);
      const upstream = someUpstreamRequest({ expiresAt });
      await store().upstreamRequests.add(upstream);
      for (const code of [unused, consumed]) await store().authorizationCodes.add(code);
      await store().authorizationCodes.consume(consumptionOf(consumed, grant, tokens));
      const [own] = await givenMachineTokens(1, expiresAt);
      finds.push(
        ['an authorization request', () => store().authorizationRequests.find(request.id)],
        ['a session', () => store().sessions.find(session.id)],
        ['an upstream request', () => store().upstreamRequests.take(upstream.id)],
        ['a code that was never used', () => store().authorizationCodes.find(unused.id)],
        ['an access token', () => store().accessTokens.find(tokens.accessToken.id)],
        ['a refresh token', () => store().refreshTokens.find(tokens.refreshToken.id)],
        ["a client's own access token", () => store().accessTokens.find(own ?? '')],
      );
    }
    const total = await purgeAll(store(), plus(2 * day));
    const [wrongly, missed] = [await kindsOf(gone, true), await kindsOf(kept, false)];
    expect(wrongly, `${wrongly.join(', ')}: to be deleted, but still there`).toEqual([]);
    expect(missed, `${missed.join(', ')}: to be kept, but deleted`).toEqual([]);
    expect(total, 'what the purges said they deleted').toBe(gone.length);
    expect(await store().grants.find(grant.id)).toEqual(grant);
    expect(await purgeAll(store(), plus(2 * day))).toBe(0);
  });

  it('deletes neither clients nor users, nor consents without an end', async () => {
    const { userId, clientId } = await givenGrant(store());
    const consent = { userId, clientId, scopes: ['default'], declinedScopes: [], redirectUris: [], givenAt: now, expiresAt: null };
    await store().consents.give(consent);
    await purgeAll(store(), plus(3650 * day));
    expect(await store().clients.find(clientId)).not.toBeNull();
    expect(await store().users.find(userId)).not.toBeNull();
    expect(await store().consents.find(userId, clientId)).toEqual(consent);
  });

  it('deletes consents whose time is over, also of people who give many', async () => {
    const { id: userId } = await givenUser(store());
    const kept = [(await givenClient(store())).id, (await givenClient(store())).id, (await givenClient(store())).id];
    for (const [index, expiresAt] of [plus(day), plus(1, plus(day)), null].entries()) {
      await store().consents.give(someConsent({ userId, clientId: kept[index] ?? '' }, { expiresAt }));
    }
    const over = await Promise.all(Array.from({ length: 25 }, () => givenClient(store())));
    for (const { id } of over) await store().consents.give(someConsent({ userId, clientId: id }, { expiresAt: plus(-1, plus(day)) }));
    expect(await purgeAll(store(), plus(day), 10)).toBe(25);
    for (const { id } of over) expect(await store().consents.find(userId, id)).toBeNull();
    for (const id of kept) expect(await store().consents.find(userId, id)).not.toBeNull();
  });

  it('keeps a consent that was given again without an end', async () => {
    const [{ id: userId }, { id: clientId }] = [await givenUser(store()), await givenClient(store())];
    await store().consents.give(someConsent({ userId, clientId }, { expiresAt: plus(1) }));
    const later = someConsent({ userId, clientId }, { givenAt: plus(2), expiresAt: null });
    await store().consents.give(later);
    await purgeAll(store(), plus(3650 * day));
    expect(await store().consents.find(userId, clientId)).toEqual(later);
  });

  it('keeps a consumed code until its own expiry, so that a replay is noticed', async () => {
    const { grant, code } = await givenTokens(store());
    await purgeAll(store(), code.expiresAt);
    expect(await store().authorizationCodes.consume(consumptionOf(code, grant))).toBe('replayed');
    await purgeAll(store(), plus(1, code.expiresAt));
    expect(await store().authorizationCodes.consume(consumptionOf(code, grant))).toBe('unknown');
  });

  it('keeps a rotated refresh token until its own expiry, so that reuse is noticed', async () => {
    const { grant, refreshToken } = await givenTokens(store());
    const rotation = rotationOf(refreshToken, grant);
    await store().refreshTokens.rotate(rotation);
    await purgeAll(store(), refreshToken.expiresAt);
    expect(await store().refreshTokens.rotate(rotationOf(refreshToken, grant, { at: rotation.repeatableUntil }))).toEqual({ outcome: 'reused' });
    await purgeAll(store(), plus(1, refreshToken.expiresAt));
    expect(await store().refreshTokens.rotate(rotationOf(refreshToken, grant))).toEqual({ outcome: 'unknown' });
  });

  it('keeps a refresh token that was given a later expiry', async () => {
    const { grant, refreshToken } = await givenTokens(store(), { refreshToken: { expiresAt: plus(2 * day) } });
    await store().refreshTokens.keep(keepingOf(refreshToken, grant, { expiresAt: plus(4 * day) }));
    await purgeAll(store(), plus(3 * day));
    expect(await store().refreshTokens.find(refreshToken.id)).not.toBeNull();
    await purgeAll(store(), plus(5 * day));
    expect(await store().refreshTokens.find(refreshToken.id)).toBeNull();
  });

  it('deletes at most as many as it may at a time; fewer means that it is done', async () => {
    const ids = await givenMachineTokens(25, plus(1));
    const live = await givenMachineTokens(5, plus(day));
    const steps: number[] = [];
    for (let left = 25; left > 0; ) {
      const deleted = Math.max(...(await Promise.all(store().expirables.map((expirable) => expirable.purge(plus(2), 10)))));
      steps.push(deleted);
      left -= deleted === 0 ? left : deleted;
    }
    expect(steps).toEqual([10, 10, 5]);
    expect(await accessTokensLeft(ids)).toBe(0);
    expect(await accessTokensLeft(live)).toBe(5);
  });

  it('deletes everything dead once, and nothing else, when four instances purge at the same moment', async () => {
    const dead = await givenMachineTokens(120, plus(1));
    const live = await givenMachineTokens(30, plus(day));
    const user = await givenUser(store());
    await Promise.all(Array.from({ length: 40 }, () => store().sessions.add(someSession(user.id, { expiresAt: plus(1) }))));
    const totals = await atOnce(4, () => purgeAll(store(), plus(2), 7));
    expect(totals.reduce((sum, total) => sum + total)).toBe(160);
    expect(await accessTokensLeft(dead)).toBe(0);
    expect(await accessTokensLeft(live)).toBe(30);
  });

  it('deletes idempotency keys whose run is over', async () => {
    const run = { id: newBytes(), fingerprint: newBytes(), at: now };
    const [over, living] = [
      { ...run, expiresAt: plus(1) },
      { ...run, id: newBytes(), expiresAt: plus(2) },
    ];
    for (const each of [over, living]) await store().idempotencyKeys.begin(each);
    await purgeAll(store(), plus(2));
    // At a moment when neither was over, only a row that is gone makes a key fresh.
    expect(await store().idempotencyKeys.begin(over)).toEqual({ outcome: 'fresh' });
    expect(await store().idempotencyKeys.begin(living)).toEqual({ outcome: 'running' });
  });
}
