import { beforeEach, describe, expect, it } from 'vitest';
import { someConsent, someGrant } from '../../../src/adapter-kit/fixtures.js';
import { givenClient, givenConsent, givenUser } from '../../../src/adapter-kit/given.js';
import { EndAccess } from '../../../src/application/connections/end-access.js';
import { aWorld, type World } from '../../support/world.js';

describe('Ending all access while there is always somebody who allows anew', () => {
  let world: World;
  let pair: { userId: string; clientId: string };
  const end = () => world.resolve(EndAccess).execute({ actor: 'operator', of: { clientId: pair.clientId }, reason: 'revoked_by_operator' });

  beforeEach(async () => {
    world = aWorld();
    pair = { userId: (await givenUser(world.storage)).id, clientId: (await givenClient(world.storage)).id };
  });

  /** From now on each look for grants finds one that was given just before, with `consent` if there is one. */
  function keepGiving(before: () => Promise<unknown>): { count: number } {
    const given = { count: 0 };
    const { grants } = world.storage;
    const revokeAll = grants.revokeAll.bind(grants);
    grants.revokeAll = async (...input) => {
      given.count += 1;
      if (given.count > 100) throw new Error('it does not end');
      await grants.add(someGrant(pair.userId, pair.clientId, { createdAt: world.clock.now() }));
      await before();
      return revokeAll(...input);
    };
    return given;
  }

  it('comes to an end', async () => {
    const given = keepGiving(async () => undefined);
    expect(await end()).toEqual({ grants: given.count, consents: 0 });
    expect(given.count).toBeLessThan(10);
  });

  it('leaves nothing remembered of what it ended', async () => {
    keepGiving(() => givenConsent(world.storage, someConsent(pair, { givenAt: world.clock.now() })));
    await end();
    expect(await world.storage.consents.find(pair.userId, pair.clientId)).toBeNull();
  });
});
