import type { Storage } from '../application/ports/storage.js';
import type { AccessToken } from '../domain/tokens/access-token.js';
import { uuid7 } from '../domain/tokens/uuid7.js';
import { expect } from './expect.js';
import { farthest, plus, someClient, strangeKeys } from './fixtures.js';
import { givenClient, givenTokens } from './given.js';
import { atOnce, tenTimes } from './races.js';
import { it } from './runner.js';
import { someMachineToken } from './token-fixtures.js';

/** Ending at once all that a client obtained for itself (RFC 6749 §4.4): by a moment, because nobody lists its tokens. */
export function ownTokensContract(store: () => Storage): void {
  const ended = (at: Date) => ({ at, reason: 'revoked_by_operator' });
  const endedOf = async ({ id }: AccessToken) => (await store().accessTokens.find(id))?.ended;
  async function issued(clientId: string, issuedAt: Date): Promise<AccessToken> {
    const token = someMachineToken(clientId, { id: uuid7(issuedAt), issuedAt });
    await store().accessTokens.add(token);
    return token;
  }

  it.each([
    ['long before', -3_600_000],
    ['a millisecond before', -1],
    ['in the same millisecond', 0],
  ])('ends an own token that is there and was issued %s', async (_, away) => {
    const { id } = await givenClient(store());
    const token = await issued(id, plus(5000 + away));
    expect(await endedOf(token)).toBeNull();
    expect(await store().clients.revokeOwnTokens(id, plus(5000))).toEqual(plus(5000));
    expect(await store().accessTokens.find(token.id)).toEqual({ ...token, ended: ended(plus(5000)) });
    expect(await store().accessTokens.findWithUser(token.id)).toEqual({ token: { ...token, ended: ended(plus(5000)) }, user: null });
  });

  it.each([
    ['a millisecond before is ended', -1, true],
    ['in the same millisecond is ended', 0, true],
    ['a millisecond after is good', 1, false],
    ['a second after is good', 1000, false],
  ])('finds of a token that is saved only afterwards that one issued %s', async (_, away, isEnded) => {
    const { id } = await givenClient(store());
    await store().clients.revokeOwnTokens(id, plus(5000));
    expect(await endedOf(await issued(id, plus(5000 + away)))).toEqual(isEnded ? ended(plus(5000)) : null);
  });

  it('ends what is there though a clock that is ahead issued it later, and until then: to the millisecond', async () => {
    const { id } = await givenClient(store());
    const tokens = [await issued(id, plus(4000)), await issued(id, plus(8000)), await issued(id, plus(5001))];
    expect(await store().clients.revokeOwnTokens(id, plus(5000))).toEqual(plus(8000));
    for (const token of tokens) expect(await endedOf(token)).toEqual(ended(plus(8000)));
    expect((await store().clients.find(id))?.ownTokensRevokedAt).toEqual(plus(8000));
    expect(await endedOf(await issued(id, plus(8000)))).toEqual(ended(plus(8000)));
    expect(await endedOf(await issued(id, plus(8001)))).toBeNull();
  });

  it('minds no later token of another client, nor one that acts for a person', async () => {
    const { grant, accessToken } = await givenTokens(store(), { accessToken: { id: uuid7(plus(9000)), issuedAt: plus(9000) } });
    await issued((await givenClient(store())).id, plus(9000));
    expect(await store().clients.revokeOwnTokens(grant.clientId, plus(5000))).toEqual(plus(5000));
    expect(await endedOf(accessToken)).toBeNull();
  });

  it('ends what is read over and over as soon as it is answered', async () => {
    const { id } = await givenClient(store());
    const before = await issued(id, plus(0));
    for (let reading = 0; reading < 5; reading += 1) expect(await endedOf(before)).toBeNull();
    await store().clients.revokeOwnTokens(id, plus(10));
    const after = await issued(id, plus(11));
    for (let reading = 0; reading < 5; reading += 1) expect([await endedOf(before), await endedOf(after)]).toEqual([ended(plus(10)), null]);
    await store().clients.revokeOwnTokens(id, plus(11));
    expect(await endedOf(after)).toEqual(ended(plus(11)));
  });

  it('leaves tokens that act for a person, tokens of others, and everything else about the client as they are', async () => {
    const { grant, accessToken, refreshToken } = await givenTokens(store());
    const other = await issued((await givenClient(store())).id, plus(0));
    const client = await store().clients.find(grant.clientId);
    await store().clients.revokeOwnTokens(grant.clientId, plus(10));
    expect([await endedOf(accessToken), (await store().refreshTokens.find(refreshToken.id))?.ended, await endedOf(other)]).toEqual([null, null, null]);
    expect((await store().grants.find(grant.id))?.revoked).toBeNull();
    expect(await store().clients.find(grant.clientId)).toEqual({ ...client, ownTokensRevokedAt: plus(10) });
  });

  it('lets the latest of several moments stand, whatever their order', async () => {
    const { id } = await givenClient(store());
    const token = await issued(id, plus(9));
    for (const [at, stands] of [
      [plus(10), plus(10)],
      [plus(20), plus(20)],
      [plus(12), plus(20)],
    ] as const) {
      expect(await store().clients.revokeOwnTokens(id, at)).toEqual(stands);
      expect((await store().clients.find(id))?.ownTokensRevokedAt).toEqual(stands);
    }
    expect(await endedOf(token)).toEqual(ended(plus(20)));
  });

  it('lets the latest stand of 20 that come at once', () =>
    tenTimes(async () => {
      const { id } = await givenClient(store());
      await atOnce(20, (index) => store().clients.revokeOwnTokens(id, plus((index * 7) % 20)));
      expect((await store().clients.find(id))?.ownTokensRevokedAt).toEqual(plus(19));
    }));

  it('keeps the first reason, whether the token ended by itself before or is revoked afterwards', async () => {
    const { id } = await givenClient(store());
    const [first, second] = [await issued(id, plus(0)), await issued(id, plus(0))];
    await store().accessTokens.revoke(first.id, 'revoked_by_client', plus(5));
    await store().clients.revokeOwnTokens(id, plus(10));
    await store().accessTokens.revoke(second.id, 'revoked_by_client', plus(15));
    expect([await endedOf(first), await endedOf(second)]).toEqual([{ at: plus(5), reason: 'revoked_by_client' }, ended(plus(10))]);
  });

  it('says of several ends of a token the one that came first, in whatever order they were noted', async () => {
    const { id } = await givenClient(store());
    const token = await issued(id, plus(0));
    await store().accessTokens.revoke(token.id, 'revoked_by_client', plus(15));
    expect(await store().clients.revokeOwnTokens(id, plus(10))).toEqual(plus(10));
    expect(await endedOf(token)).toEqual(ended(plus(10)));
    expect((await store().accessTokens.findWithUser(token.id))?.token.ended).toEqual(ended(plus(10)));
    await store().clients.revokeOwnTokens(id, plus(20));
    expect(await endedOf(token)).toEqual({ at: plus(15), reason: 'revoked_by_client' });
  });

  it('is neither undone nor done by an edit of what was read before, nor by disabling and enabling', async () => {
    const client = await givenClient(store());
    const token = await issued(client.id, plus(0));
    await store().clients.revokeOwnTokens(client.id, plus(10));
    expect(await store().clients.update({ ...client, name: 'Renamed' })).toBe('updated');
    await store().clients.setDisabled(client.id, { at: plus(11), by: 'owner' });
    await store().clients.setDisabled(client.id, null);
    expect(await store().clients.find(client.id)).toMatchObject({ name: 'Renamed', ownTokensRevokedAt: plus(10), disabledAt: null });
    expect(await endedOf(token)).toEqual(ended(plus(10)));
    const other = await givenClient(store());
    expect(await store().clients.update({ ...other, ownTokensRevokedAt: farthest })).toBe('updated');
    expect((await store().clients.find(other.id))?.ownTokensRevokedAt).toBeNull();
  });

  it('is in lists of clients too', async () => {
    const { id } = await givenClient(store(), { createdAt: plus(60_000) });
    await store().clients.revokeOwnTokens(id, plus(10));
    const { items } = await store().clients.list({}, { limit: 1000 });
    expect(items.find((client) => client.id === id)?.ownTokensRevokedAt).toEqual(plus(10));
  });

  it('ends nothing under any other key, nor of a client that was removed', async () => {
    const client = await givenClient(store());
    const token = await issued(client.id, plus(0));
    const removed = await givenClient(store());
    await store().clients.remove(removed.id, plus(1));
    for (const key of [someClient().id, removed.id, ...strangeKeys]) expect(await store().clients.revokeOwnTokens(key, plus(10)), `id ${key}`).toBeNull();
    expect(await endedOf(token)).toBeNull();
    expect(await store().clients.find(client.id)).toEqual(client);
  });
}
