import type { Rotation } from '../application/ports/refresh-token-repository.js';
import type { Storage } from '../application/ports/storage.js';
import { expect } from './expect.js';
import { givenTokens } from './given.js';
import { rotationOf } from './token-fixtures.js';

/** What the rules of rotation are told with. */
export function rotatingIn(store: () => Storage) {
  const rotate = (rotation: Rotation) => store().refreshTokens.rotate(rotation);
  const find = (token: { readonly id: string }) => store().refreshTokens.find(token.id);

  async function expectNothingSaved({ successor, accessToken }: Rotation): Promise<void> {
    expect(await find(successor)).toBeNull();
    expect(await store().accessTokens.find(accessToken.id)).toBeNull();
  }

  /** A token that was rotated an hour after now, with a grace window of 30 seconds. */
  async function givenRotated(): Promise<Awaited<ReturnType<typeof givenTokens>> & { rotation: Rotation }> {
    const family = await givenTokens(store());
    const rotation = rotationOf(family.refreshToken, family.grant);
    expect(await rotate(rotation)).toEqual({ outcome: 'rotated' });
    return { ...family, rotation };
  }

  return { rotate, find, expectNothingSaved, givenRotated };
}
