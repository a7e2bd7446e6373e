import { beforeEach, describe, expect, it } from 'vitest';
import { Authenticate } from '../../../src/application/tokens/authenticate.js';
import { RefreshToken } from '../../../src/application/tokens/refresh-token.js';
import { RevokeToken } from '../../../src/application/tokens/revoke-token.js';
import type { TokenAnswer } from '../../../src/application/tokens/token-answer.js';
import type { Client } from '../../../src/domain/clients/client.js';
import { mintToken } from '../../../src/domain/tokens/opaque-token.js';
import { forgedToken } from '../../support/forged-token.js';
import { aWorld, type World } from '../../support/world.js';

describe('RevokeToken', () => {
  let world: World;
  let client: Client;
  let first: TokenAnswer & { refreshToken: string };
  const revoke = (token: string, by = client) => world.resolve(RevokeToken).execute({ client: by, token });
  const authenticate = (token: string) => world.resolve(Authenticate).execute({ token });
  const refresh = (refreshToken: string | null) =>
    world.resolve(RefreshToken).execute({ client, refreshToken: refreshToken ?? '', scopes: null, resources: [] });
  const revoked = { active: false, reason: 'revoked', cause: 'revoked_by_client' };

  beforeEach(async () => {
    world = aWorld();
    client = (await world.client()).client;
    first = await world.tokens(client, await world.person());
  });

  it('ends an access token; its grant goes on (RFC 7009 §2.1)', async () => {
    await revoke(first.accessToken);
    expect(await authenticate(first.accessToken)).toEqual(revoked);
    const { accessToken } = await refresh(first.refreshToken);
    expect(await authenticate(accessToken)).toMatchObject({ active: true });
  });

  it('ends a refresh token with every access token of its grant (RFC 7009 §2.1)', async () => {
    const second = await refresh(first.refreshToken);
    await revoke(second.refreshToken ?? '');
    for (const { accessToken } of [first, second]) expect(await authenticate(accessToken)).toEqual(revoked);
    await expect(refresh(second.refreshToken)).rejects.toMatchObject({ code: 'invalid_grant', description: 'the authorization has ended' });
  });

  it('ends the grant also by a refresh token that was rotated, so that a client that missed the answer can still let go', async () => {
    const second = await refresh(first.refreshToken);
    await revoke(first.refreshToken);
    await expect(refresh(second.refreshToken)).rejects.toMatchObject({ code: 'invalid_grant' });
  });

  it('can be asked again and again', async () => {
    for (const token of [first.accessToken, first.accessToken, first.refreshToken, first.refreshToken])
      await expect(revoke(token)).resolves.toEqual({ grantId: first.grantId });
  });

  it.each([
    ['nonsense', () => 'nonsense'],
    ['an access token that nobody issued', () => mintToken('at', world.clock.now()).token],
    ['a refresh token that nobody issued', () => mintToken('rt', world.clock.now()).token],
    ['a code', () => mintToken('ac', world.clock.now()).token],
    ['a forged access token', () => forgedToken(first.accessToken)],
    ['a forged refresh token', () => forgedToken(first.refreshToken)],
  ])('is content with %s and ends nothing (RFC 7009 §2.2)', async (_, token) => {
    await expect(revoke(token())).resolves.toBeNull();
    expect(await authenticate(first.accessToken)).toMatchObject({ active: true });
    await expect(refresh(first.refreshToken)).resolves.toBeDefined();
  });

  it.each(['accessToken', 'refreshToken'] as const)('refuses another client, public or not, and ends nothing: %s (RFC 7009 §2.1)', async (which) => {
    const thieves = [(await world.client()).client, (await world.client({ type: 'public' })).client];
    for (const thief of thieves) await expect(revoke(first[which], thief)).rejects.toMatchObject({ code: 'invalid_grant' });
    expect(await authenticate(first.accessToken)).toMatchObject({ active: true });
    await expect(refresh(first.refreshToken)).resolves.toBeDefined();
  });
});
