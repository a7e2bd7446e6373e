import { randomUUID } from 'node:crypto';
import type { Storage } from '../application/ports/storage.js';
import type { AccessToken } from '../domain/tokens/access-token.js';
import { expect } from './expect.js';
import { farthest, plus, strangeKeys, trickyTexts } from './fixtures.js';
import { givenClient, givenTokens } from './given.js';
import { atOnce } from './races.js';
import { it } from './runner.js';
import { someMachineToken } from './token-fixtures.js';

export function accessTokenContract(store: () => Storage): void {
  async function givenMachineToken(fields: Partial<AccessToken> = {}): Promise<AccessToken> {
    const client = await givenClient(store());
    const token = someMachineToken(client.id, fields);
    await store().accessTokens.add(token);
    return token;
  }
  const revoke = (token: AccessToken, at: Date) => store().accessTokens.revoke(token.id, 'revoked_by_client', at);
  const endedOf = async (token: AccessToken) => (await store().accessTokens.find(token.id))?.ended;

  const fields: [string, Partial<AccessToken>][] = [
    ['the least', { scopes: [], resources: [] }],
    ['lists in their order', { scopes: ['b', 'a'], resources: ['https://b.example/', 'https://a.example'] }],
    ['awkward texts', { scopes: trickyTexts, resources: trickyTexts }],
    ['a resource of 2,000 characters (RFC 8707)', { resources: [`https://api.example/${'x'.repeat(1980)}`] }],
    ['an expiry in the past', { issuedAt: plus(-2000), expiresAt: plus(-1000) }],
    ['the year 9999', { issuedAt: farthest, expiresAt: farthest }],
  ];

  it.each(fields)('keeps every field of a client’s own token (RFC 6749 §4.4) with %s', async (_, some) => {
    const token = await givenMachineToken(some);
    expect(await store().accessTokens.find(token.id)).toEqual({ ...token, ended: null });
  });

  it.each(fields)('keeps every field of a person’s token with %s', async (_, some) => {
    const { accessToken } = await givenTokens(store(), { accessToken: some });
    expect(await store().accessTokens.find(accessToken.id)).toEqual({ ...accessToken, ended: null });
  });

  it.each([
    ['known', plus(-3_600_000)],
    ['not known', null],
  ])('tells with a code and all that comes of it when the person proved who they are, where that is %s (RFC 9068 §2.2.1)', async (_, authenticatedAt) => {
    const { code, accessToken, refreshToken } = await givenTokens(store(), { grant: { authenticatedAt } });
    expect(await store().authorizationCodes.find(code.id)).toMatchObject({ authenticatedAt });
    expect(await store().accessTokens.find(accessToken.id)).toMatchObject({ authenticatedAt });
    expect(await store().refreshTokens.find(refreshToken.id)).toMatchObject({ authenticatedAt });
  });

  it('finds a token together with its person, as both are at the moment', async () => {
    const { accessToken, grant } = await givenTokens(store());
    const person = await store().users.find(grant.userId);
    const { id, email, username, admin } = person ?? {};
    const find = () => store().accessTokens.findWithUser(accessToken.id);
    expect(await find()).toEqual({ token: { ...accessToken, ended: null }, user: { id, email, username, admin, disabledAt: null } });
    await store().users.setDisabled(grant.userId, plus(7));
    expect((await find())?.user?.disabledAt).toEqual(plus(7));
    await store().users.setDisabled(grant.userId, null);
    await store().grants.revoke(grant.id, 'revoked_by_person', plus(8));
    expect(await find()).toMatchObject({ token: { ended: { at: plus(8), reason: 'revoked_by_person' } }, user: { disabledAt: null } });
  });

  it('finds a client’s own token without a person', async () => {
    const token = await givenMachineToken();
    expect(await store().accessTokens.findWithUser(token.id)).toEqual({ token: { ...token, ended: null }, user: null });
  });

  it('refuses a second token of the same id, and keeps the first as it is', async () => {
    const token = await givenMachineToken();
    await expect(store().accessTokens.add(someMachineToken(token.clientId, { id: token.id }))).rejects.toThrow();
    expect(await store().accessTokens.find(token.id)).toEqual({ ...token, ended: null });
  });

  it('ends one token; its grant and its siblings live on', async () => {
    const { grant, accessToken, refreshToken } = await givenTokens(store());
    await revoke(accessToken, plus(5));
    expect(await store().accessTokens.find(accessToken.id)).toEqual({ ...accessToken, ended: { at: plus(5), reason: 'revoked_by_client' } });
    expect((await store().grants.find(grant.id))?.revoked).toBeNull();
    expect((await store().refreshTokens.find(refreshToken.id))?.ended).toBeNull();
  });

  it('ends a client’s own token; its other one lives on', async () => {
    const token = await givenMachineToken();
    const sibling = someMachineToken(token.clientId);
    await store().accessTokens.add(sibling);
    await revoke(token, plus(5));
    expect(await endedOf(token)).toEqual({ at: plus(5), reason: 'revoked_by_client' });
    expect(await endedOf(sibling)).toBeNull();
  });

  it('keeps the first reason when a token is ended again', async () => {
    const token = await givenMachineToken();
    await revoke(token, plus(5));
    await store().accessTokens.revoke(token.id, 'revoked_by_operator', plus(6));
    expect(await endedOf(token)).toEqual({ at: plus(5), reason: 'revoked_by_client' });
  });

  it('keeps the first reason when first the token is ended, then its grant', async () => {
    const { grant, accessToken } = await givenTokens(store());
    await revoke(accessToken, plus(5));
    await store().grants.revoke(grant.id, 'revoked_by_person', plus(6));
    expect(await endedOf(accessToken)).toEqual({ at: plus(5), reason: 'revoked_by_client' });
  });

  it('keeps the first reason when first the grant is revoked, then the token ended', async () => {
    const { grant, accessToken } = await givenTokens(store());
    await store().grants.revoke(grant.id, 'revoked_by_person', plus(5));
    await revoke(accessToken, plus(6));
    expect(await endedOf(accessToken)).toEqual({ at: plus(5), reason: 'revoked_by_person' });
  });

  it('is ended once, whatever number of calls end it at the same moment', async () => {
    const token = await givenMachineToken();
    await atOnce(20, (index) => revoke(token, plus(index)));
    const ended = await endedOf(token);
    await revoke(token, plus(60_000));
    expect(ended?.reason).toBe('revoked_by_client');
    expect(await endedOf(token)).toEqual(ended);
  });

  it('finds each of 50 tokens that are asked for at once, and of those asked for twice two copies', async () => {
    const tokens = await atOnce(50, () => givenMachineToken());
    const found = await Promise.all([...tokens, ...tokens].map(({ id }) => store().accessTokens.find(id)));
    expect(found).toEqual([...tokens, ...tokens].map((token) => ({ ...token, ended: null })));
    expect(found[0]).not.toBe(found[50]);
    expect(found[0]?.scopes).not.toBe(found[50]?.scopes);
  });

  it('refuses one of 50 that are added at once, and keeps the others', async () => {
    const { clientId, id } = await givenMachineToken();
    const tokens = Array.from({ length: 50 }, (_, index) => someMachineToken(clientId, index === 20 ? { id } : {}));
    const outcomes = await Promise.allSettled(tokens.map((token) => store().accessTokens.add(token)));
    for (const [index, { status }] of outcomes.entries()) expect(status, `token ${index}`).toBe(index === 20 ? 'rejected' : 'fulfilled');
    for (const token of tokens.filter((one) => one.id !== id)) expect(await store().accessTokens.find(token.id)).toEqual({ ...token, ended: null });
  });

  it('finds and ends nothing under any other key', async () => {
    const token = await givenMachineToken();
    for (const key of [randomUUID(), ...strangeKeys]) {
      expect(await store().accessTokens.find(key), `id ${key}`).toBeNull();
      expect(await store().accessTokens.findWithUser(key), `id ${key}`).toBeNull();
      await expect(store().accessTokens.revoke(key, 'revoked_by_operator', plus(1)), `id ${key}`).resolves.toBeUndefined();
    }
    expect(await endedOf(token)).toBeNull();
  });
}
