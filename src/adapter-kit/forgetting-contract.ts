import { setTimeout as pause } from 'node:timers/promises';
import type { Storage } from '../application/ports/storage.js';
import { expect } from './expect.js';
import { plus, someRequest } from './fixtures.js';
import { givenClient, givenGrant } from './given.js';
import { purgeAll } from './purge-all.js';
import { it } from './runner.js';
import { consumptionOf, someAccessToken, someCode, someMachineToken, someRefreshToken } from './token-fixtures.js';

/** For a store that forgets by itself: `after` milliseconds after the end of what a record lives. */
export function forgettingContract(store: () => Storage, after: number): void {
  const withinTime = async (find: () => Promise<unknown>): Promise<unknown> => {
    for (let waited = 0; waited < 20; waited += 1) {
      if ((await find()) === null) return null;
      await pause(after / 2 + 25);
    }
    return find();
  };

  it('forgets by itself what is dead, and nothing that is alive', async () => {
    const grant = await givenGrant(store());
    const client = await givenClient(store());
    const of = async (expiresAt: Date) => {
      const [request, code, own] = [someRequest({ expiresAt }), someCode(grant, { expiresAt }), someMachineToken(client.id, { expiresAt })];
      const used = someCode(grant);
      const tokens = { accessToken: someAccessToken(grant, { expiresAt }), refreshToken: someRefreshToken(grant, { expiresAt }) };
      await store().authorizationRequests.add(request);
      for (const each of [code, used]) await store().authorizationCodes.add(each);
      await store().authorizationCodes.consume(consumptionOf(used, grant, tokens));
      await store().accessTokens.add(own);
      return [
        () => store().authorizationRequests.find(request.id),
        () => store().authorizationCodes.find(code.id),
        () => store().accessTokens.find(own.id),
        () => store().accessTokens.find(tokens.accessToken.id),
        () => store().refreshTokens.find(tokens.refreshToken.id),
      ];
    };
    const [dead, alive] = [await of(plus(1)), await of(plus(3_600_000))];
    for (const find of dead) expect(await withinTime(find)).toBeNull();
    for (const find of alive) expect(await find()).not.toBeNull();
  });

  it('loses nothing that is alive when it is told to purge all the same', async () => {
    const grant = await givenGrant(store());
    const code = someCode(grant, { expiresAt: plus(3_600_000) });
    await store().authorizationCodes.add(code);
    await purgeAll(store(), plus(0));
    expect(await store().authorizationCodes.find(code.id)).toEqual(code);
    expect(await store().grants.find(grant.id)).toEqual(grant);
  });
}
