import { describe, expect, it } from 'vitest';
import { PurgeExpired } from '../../../src/application/operations/purge-expired.js';
import type { Expirable } from '../../../src/application/ports/expirable.js';
import { Authenticate } from '../../../src/application/tokens/authenticate.js';
import { RefreshToken } from '../../../src/application/tokens/refresh-token.js';
import { HandClock } from '../../support/hand-clock.js';
import { aWorld } from '../../support/world.js';

const hour = 3600;

/** A store with so many dead rows, which remembers how it was asked. */
function storeWith(dead: number): Expirable & { steps: { deadBefore: Date; limit: number }[]; left: () => number } {
  const steps: { deadBefore: Date; limit: number }[] = [];
  let left = dead;
  return {
    steps,
    left: () => left,
    async purge(deadBefore, limit) {
      steps.push({ deadBefore, limit });
      const deleted = Math.min(left, limit);
      left -= deleted;
      return deleted;
    },
  };
}

describe('PurgeExpired', () => {
  it('deletes what is dead, a small step at a time, until nothing is left', async () => {
    const stores = [storeWith(1201), storeWith(0), storeWith(500)];
    expect(await new PurgeExpired(stores, new HandClock()).execute()).toBe(1701);
    expect(stores.map(({ steps }) => steps.length)).toEqual([3, 1, 2]);
    for (const { limit } of stores.flatMap(({ steps }) => steps)) expect(limit).toBeLessThanOrEqual(500);
  });

  it('keeps for a day what a replay or a reuse is told by', async () => {
    const [store, clock] = [storeWith(1), new HandClock()];
    await new PurgeExpired([store], clock).execute();
    expect(store.steps).toEqual([{ deadBefore: new Date(clock.now().getTime() - 24 * hour * 1000), limit: 500 }]);
  });

  it('stops between two steps when it is told to', async () => {
    const store = storeWith(10_000);
    let asked = 0;
    expect(await new PurgeExpired([store, storeWith(3)], new HandClock()).execute(() => ++asked > 2)).toBe(1000);
    expect(store.left()).toBe(9000);
  });

  it('takes nothing that anybody could still use', async () => {
    const world = aWorld();
    const ada = await world.person();
    const { client } = await world.client();
    const session = await world.signedIn(ada);
    const code = await world.code(client, ada);
    const tokens = await world.tokens(client, ada);
    world.clock.pass(59);
    await world.resolve(PurgeExpired).execute();

    expect(await world.storage.sessions.find(session.session.id)).not.toBeNull();
    expect(await world.resolve(Authenticate).execute({ token: tokens.accessToken })).toMatchObject({ active: true });
    await expect(world.exchange(client, code)).resolves.toBeDefined();
    world.clock.pass(80 * 24 * hour);
    await world.resolve(PurgeExpired).execute();
    await expect(world.resolve(RefreshToken).execute({ client, refreshToken: tokens.refreshToken, scopes: null, resources: [] })).resolves.toBeDefined();
  });

  it('still tells a replay an hour after the code expired (RFC 6749 §4.1.2)', async () => {
    const world = aWorld();
    const { client } = await world.client();
    const code = await world.code(client, await world.person());
    const { refreshToken } = await world.exchange(client, code);
    world.clock.pass(hour);
    await world.resolve(PurgeExpired).execute();
    await expect(world.exchange(client, code)).rejects.toMatchObject({ code: 'invalid_grant' });
    await expect(world.resolve(RefreshToken).execute({ client, refreshToken: refreshToken ?? '', scopes: null, resources: [] })).rejects.toMatchObject({
      code: 'invalid_grant',
    });
  });
});
