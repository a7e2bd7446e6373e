import type { Storage } from '../application/ports/storage.js';
import type { Grant } from '../domain/authorization/grant.js';
import { expect } from './expect.js';
import { plus, someGrant } from './fixtures.js';
import { givenClient, givenConnection, givenUser } from './given.js';
import { describe, it } from './runner.js';
import { consumptionOf, rotationOf, someAccessToken, someCode, someRefreshToken } from './token-fixtures.js';

const hour = 3_600_000;

/** Until when a grant makes a connection. */
export function liveConnectionContract(store: () => Storage): void {
  const at = plus(2000);
  const person = async () => (await givenUser(store())).id;
  const app = () => givenClient(store());
  const connected = (user: string, client: string) => givenConnection(store(), user, client);

  describe('only live grants count:', () => {
    async function expectLive(grant: Grant, moment: Date, live: boolean): Promise<void> {
      expect((await store().connections.listOf(grant.userId, moment, { limit: 100 })).items).toHaveLength(live ? 1 : 0);
      expect((await store().connections.find(grant.userId, grant.clientId, moment)) === null).toBe(!live);
      expect((await store().connections.grantsOf(grant.clientId, moment, { limit: 5 })).items).toHaveLength(live ? 1 : 0);
      expect(await store().connections.reach(grant.clientId, moment, 9)).toEqual({ people: live ? 1 : 0, grants: live ? 1 : 0, more: false });
    }

    it('one is over when it is revoked', async () => {
      const grant = await connected(await person(), (await app()).id);
      await expectLive(grant, at, true);
      await store().grants.revoke(grant.id, 'revoked_by_person', plus(1));
      await expectLive(grant, at, false);
    });

    it('one is over when its client is removed', async () => {
      const grant = await connected(await person(), (await app()).id);
      await store().clients.remove(grant.clientId, plus(1));
      await expectLive(grant, at, false);
    });

    it('one whose code is not exchanged is over with the code', async () => {
      const grant = someGrant(await person(), (await app()).id);
      await store().grants.add(grant);
      await store().authorizationCodes.add(someCode(grant, { expiresAt: plus(5000) }));
      await expectLive(grant, plus(4999), true);
      await expectLive(grant, plus(5000), false);
    });

    it('one without a refresh token is over with its access token', async () => {
      const grant = someGrant(await person(), (await app()).id);
      const code = someCode(grant);
      await store().grants.add(grant);
      await store().authorizationCodes.add(code);
      await store().authorizationCodes.consume(
        consumptionOf(code, grant, { accessToken: someAccessToken(grant, { expiresAt: plus(hour) }), refreshToken: null }),
      );
      await expectLive(grant, plus(hour - 1), true);
      await expectLive(grant, plus(hour), false);
    });

    it('one with a refresh token lives to the end of the chain, however the chain goes on', async () => {
      const grant = someGrant(await person(), (await app()).id);
      const code = someCode(grant);
      const ends = { expiresAt: plus(3 * hour), absoluteExpiresAt: plus(9 * hour) };
      const refreshToken = someRefreshToken(grant, ends);
      await store().grants.add(grant);
      await store().authorizationCodes.add(code);
      await store().authorizationCodes.consume(consumptionOf(code, grant, { refreshToken }));
      await store().refreshTokens.rotate(rotationOf(refreshToken, grant, { successor: someRefreshToken(grant, ends) }));
      await expectLive(grant, plus(9 * hour - 1), true);
      await expectLive(grant, plus(9 * hour), false);
    });
  });
}
