import { Authenticate } from '../../../src/application/tokens/authenticate.js';
import { RefreshToken, type RefreshTokenInput } from '../../../src/application/tokens/refresh-token.js';
import type { TokenAnswer } from '../../../src/application/tokens/token-answer.js';
import type { Client } from '../../../src/domain/clients/client.js';
import { parseToken } from '../../../src/domain/tokens/opaque-token.js';
import { aWorld, type World } from '../../support/world.js';

export const day = 86_400;
/** Seconds, as by default. */
export const grace = 30;
export const invalidGrant = { code: 'invalid_grant' };

export type FirstTokens = TokenAnswer & { refreshToken: string };

/** A public client, and the tokens that Ada let it have. */
export async function givenFirstTokens(env: Record<string, string> = {}, more: Parameters<typeof aWorld>[1] = {}) {
  const world = aWorld(env, more);
  const ada = await world.person();
  const { client } = await world.client({ type: 'public' });
  return { world, ada, client, first: await world.tokens(client, ada) };
}

/** What refreshing is tried with, in the world and by the client of the moment. */
export function refreshing(now: () => { readonly world: World; readonly client: Client; readonly first: FirstTokens }) {
  const refresh = async (refreshToken: string | null, changes: Partial<RefreshTokenInput> = {}) =>
    now()
      .world.resolve(RefreshToken)
      .execute({ client: now().client, refreshToken: refreshToken ?? '', scopes: null, resources: [], ...changes });
  const authenticate = (token: string) => now().world.resolve(Authenticate).execute({ token });
  const stored = (token: string | null) => now().world.storage.refreshTokens.find(parseToken(token ?? '')?.id ?? '');
  const grant = async () => now().world.storage.grants.find((await stored(now().first.refreshToken))?.grantId ?? '');
  return { refresh, authenticate, stored, grant };
}
