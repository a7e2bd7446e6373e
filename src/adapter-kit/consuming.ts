import type { Consumption } from '../application/ports/authorization-code-repository.js';
import type { Storage } from '../application/ports/storage.js';
import { expect } from './expect.js';

/** What the rules of consuming a code are told with. */
export function consumingIn(store: () => Storage) {
  const consume = (consumption: Consumption) => store().authorizationCodes.consume(consumption);

  async function expectNothingSaved({ accessToken, refreshToken }: Consumption): Promise<void> {
    expect(await store().accessTokens.find(accessToken.id)).toBeNull();
    if (refreshToken) expect(await store().refreshTokens.find(refreshToken.id)).toBeNull();
  }

  return { consume, expectNothingSaved };
}
