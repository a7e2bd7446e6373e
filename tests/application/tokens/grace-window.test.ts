import { beforeEach, describe, expect, it } from 'vitest';
import { purgeAll } from '../../../src/adapter-kit/purge-all.js';
import type { TokenAnswer } from '../../../src/application/tokens/token-answer.js';
import type { Client } from '../../../src/domain/clients/client.js';
import type { User } from '../../../src/domain/people/user.js';
import { parseToken } from '../../../src/domain/tokens/opaque-token.js';
import type { World } from '../../support/world.js';
import { day, type FirstTokens, givenFirstTokens, grace, invalidGrant, refreshing } from './refreshing.js';

let world: World;
let ada: User;
let client: Client;
let first: FirstTokens;

const { refresh, authenticate, grant } = refreshing(() => ({ world, client, first }));

beforeEach(async () => {
  ({ world, ada, client, first } = await givenFirstTokens());
});

describe('The grace window', () => {
  it('gives the same token the same answer again, also after the successor was used', async () => {
    const answer = await refresh(first.refreshToken);
    expect(await refresh(first.refreshToken)).toEqual(answer);
    await refresh(answer.refreshToken);
    expect(await refresh(first.refreshToken)).toEqual(answer);
    expect(await authenticate(answer.accessToken)).toMatchObject({ active: true });
    expect(await grant()).toMatchObject({ revoked: null });
  });

  it('gives one that asks for less than the first an access token for just that, beside the same successor', async () => {
    const answer = await refresh(first.refreshToken);
    const less = await refresh(first.refreshToken, { scopes: ['email'] });
    expect(less).toMatchObject({ refreshToken: answer.refreshToken, scopes: ['email'] });
    expect(await authenticate(less.accessToken)).toMatchObject({ active: true, token: { scopes: ['email'] } });
    expect(await authenticate(answer.accessToken)).toMatchObject({ active: true, token: { scopes: first.scopes } });
    const elsewhere = await refresh(first.refreshToken, { resources: ['https://api.example/'] });
    expect(await authenticate(elsewhere.accessToken)).toMatchObject({ active: true, token: { resources: ['https://api.example/'] } });
    expect(elsewhere.refreshToken).toBe(answer.refreshToken);
    await world.storage.grants.revoke((await grant())?.id ?? '', 'revoked_by_person', world.clock.now());
    expect(await authenticate(less.accessToken)).toMatchObject({ active: false, reason: 'revoked' });
  });

  it('gives the same answer to the same scopes in another order, and to all of them named', async () => {
    const answer = await refresh(first.refreshToken, { scopes: ['email', 'default'] });
    expect(await refresh(first.refreshToken, { scopes: ['default', 'email'] })).toEqual(answer);
    expect(await refresh(first.refreshToken)).toEqual(answer);
  });

  it.each([
    [0.9, 3600],
    [1, 3599],
    [10.1, 3589],
    [29.9, 3570],
  ])('says after %d seconds how many are left of the access token, never more but in the first one: %d (RFC 6749 §5.1)', async (seconds, left) => {
    const answer = await refresh(first.refreshToken);
    world.clock.pass(seconds);
    expect(await refresh(first.refreshToken)).toEqual({ ...answer, expiresIn: left });
  });

  it('gives nothing any more when the chain has ended since', async () => {
    client = (await world.client({ type: 'public', refreshTokenAbsoluteLifetime: 60 })).client;
    first = await world.tokens(client, ada);
    world.clock.pass(50);
    expect((await refresh(first.refreshToken)).expiresIn).toBe(10);
    world.clock.pass(10);
    await expect(refresh(first.refreshToken)).rejects.toMatchObject(invalidGrant);
    expect(await grant()).toMatchObject({ revoked: null });
  });

  describe('gives a new access token beside the same successor when the first one', () => {
    const idOf = ({ accessToken }: TokenAnswer) => parseToken(accessToken)?.id ?? '';

    it.each<[string, (answer: TokenAnswer) => Promise<unknown>]>([
      ['was revoked', (answer) => world.storage.accessTokens.revoke(idOf(answer), 'revoked_by_client', world.clock.now())],
      ['has expired', async () => world.clock.pass(20)],
      [
        'has expired and is gone',
        async () => {
          world.clock.pass(21);
          await purgeAll(world.storage, world.clock.now());
        },
      ],
    ])('%s', async (_, end) => {
      client = { ...client, accessTokenLifetime: 20 };
      const answer = await refresh(first.refreshToken);
      await end(answer);
      expect(await authenticate(answer.accessToken)).toMatchObject({ active: false });
      const again = await refresh(first.refreshToken);
      expect(again).toEqual({ ...answer, accessToken: expect.stringMatching(/^kw_at_/), tokenId: parseToken(again.accessToken)?.id });
      expect(again.accessToken).not.toBe(answer.accessToken);
      expect(await authenticate(again.accessToken)).toMatchObject({ active: true });
    });
  });

  it('gives fifty refreshes at once one and the same answer', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => refresh(first.refreshToken)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it('is still open a millisecond before its 30 seconds are over', async () => {
    const answer = await refresh(first.refreshToken);
    world.clock.pass(grace - 0.001);
    expect(await refresh(first.refreshToken)).toMatchObject({ accessToken: answer.accessToken, refreshToken: answer.refreshToken });
  });

  it.each([
    ['when it is over', grace],
    ['a day later', day],
  ])('%s, the same token revokes the grant and all that came of it (RFC 9700 §4.14.2)', async (_, seconds) => {
    const second = await refresh(first.refreshToken);
    world.clock.pass(seconds - 1);
    const third = await refresh(second.refreshToken);
    world.clock.pass(1);
    await expect(refresh(first.refreshToken)).rejects.toMatchObject(invalidGrant);

    expect(await grant()).toMatchObject({ revoked: { reason: 'refresh_token_reused' } });
    for (const { refreshToken } of [first, second, third]) await expect(refresh(refreshToken)).rejects.toMatchObject(invalidGrant);
    expect(await authenticate(third.accessToken)).toMatchObject({ active: false, reason: 'revoked', cause: 'refresh_token_reused' });
  });

  it('tells the client why its authorization ended', async () => {
    await refresh(first.refreshToken);
    world.clock.pass(grace);
    await expect(refresh(first.refreshToken)).rejects.toMatchObject({ description: expect.stringContaining('used before') });
    await expect(refresh(first.refreshToken)).rejects.toMatchObject({ description: 'the authorization has ended' });
  });

  it('of length 0 makes every repetition a reuse', async () => {
    ({ world, ada, client, first } = await givenFirstTokens({ REFRESH_GRACE: '0' }));
    await refresh(first.refreshToken);
    await expect(refresh(first.refreshToken)).rejects.toMatchObject(invalidGrant);
    expect(await grant()).toMatchObject({ revoked: { reason: 'refresh_token_reused' } });
  });

  it('gives nothing any more once the grant was revoked', async () => {
    await refresh(first.refreshToken);
    await world.storage.grants.revoke((await grant())?.id ?? '', 'revoked_by_person', world.clock.now());
    await expect(refresh(first.refreshToken)).rejects.toMatchObject({ ...invalidGrant, description: 'the authorization has ended' });
  });
});
