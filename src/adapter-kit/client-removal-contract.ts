import type { Storage } from '../application/ports/storage.js';
import { expect } from './expect.js';
import { now, plus, someGrant, someSecret } from './fixtures.js';
import { givenClient, givenCode, givenTokens } from './given.js';
import { atOnce, tenTimes } from './races.js';
import { it } from './runner.js';
import { consumptionOf, keepingOf, rotationOf, someCode, someMachineToken } from './token-fixtures.js';

const ended = { at: plus(5000), reason: 'revoked_by_operator' };

export function clientRemovalContract(store: () => Storage): void {
  const remove = (clientId: string) => store().clients.remove(clientId, ended.at);

  it('is done once; from then on the client is not there', async () => {
    const client = await givenClient(store());
    await store().clients.addSecret(someSecret(client.id));
    expect(await remove(client.id)).toBe(true);
    expect(await store().clients.find(client.id)).toBeNull();
    expect(await store().clients.update(client)).toBe('unknown');
    expect(await store().clients.setDisabled(client.id, null)).toBe(false);
    expect(await remove(client.id)).toBe(false);
  });

  it('takes the secrets along, and lets none be added', async () => {
    const client = await givenClient(store());
    const secret = someSecret(client.id);
    await store().clients.addSecret(secret);
    await remove(client.id);
    expect(await store().clients.addSecret(someSecret(client.id))).toBe('unknown');
    expect(await store().clients.removeSecret(client.id, secret.id)).toBe(false);
  });

  it('is done by exactly one of 20 who do it at once', () =>
    tenTimes(async () => {
      const client = await givenClient(store());
      const removed = await atOnce(20, () => remove(client.id));
      expect(removed.filter(Boolean)).toHaveLength(1);
    }));

  it('revokes the grants, and what descends from them', async () => {
    const { grant, accessToken, refreshToken } = await givenTokens(store());
    const code = someCode(grant);
    await store().authorizationCodes.add(code);
    await remove(grant.clientId);
    expect((await store().grants.find(grant.id))?.revoked).toEqual(ended);
    expect((await store().accessTokens.find(accessToken.id))?.ended).toEqual(ended);
    expect((await store().refreshTokens.find(refreshToken.id))?.ended).toEqual(ended);
    expect(await store().authorizationCodes.consume(consumptionOf(code, grant))).toBe('revoked');
    expect(await store().refreshTokens.rotate(rotationOf(refreshToken, grant))).toEqual({ outcome: 'revoked' });
    expect(await store().refreshTokens.keep(keepingOf(refreshToken, grant))).toEqual({ outcome: 'revoked' });
  });

  it('ends the tokens that the client obtained for itself (RFC 6749 §4.4), also one that is saved afterwards', async () => {
    const client = await givenClient(store());
    const [before, late] = [someMachineToken(client.id), someMachineToken(client.id)];
    await store().accessTokens.add(before);
    await remove(client.id);
    await store().accessTokens.add(late);
    for (const token of [before, late]) expect((await store().accessTokens.find(token.id))?.ended).toEqual(ended);
  });

  it('lets an earlier reason stay', async () => {
    const { grant, accessToken } = await givenTokens(store());
    const machine = someMachineToken(grant.clientId);
    await store().accessTokens.add(machine);
    await store().accessTokens.revoke(machine.id, 'revoked_by_client', plus(1));
    await store().grants.revoke(grant.id, 'revoked_by_person', plus(2));
    await remove(grant.clientId);
    await store().accessTokens.revoke(machine.id, 'revoked_by_person', plus(6000));
    expect((await store().accessTokens.find(machine.id))?.ended).toEqual({ at: plus(1), reason: 'revoked_by_client' });
    expect((await store().accessTokens.find(accessToken.id))?.ended).toEqual({ at: plus(2), reason: 'revoked_by_person' });
  });

  it('withdraws the consents', async () => {
    const { grant } = await givenTokens(store());
    const consent = {
      userId: grant.userId,
      clientId: grant.clientId,
      scopes: ['default'],
      declinedScopes: [],
      redirectUris: [],
      givenAt: now,
      expiresAt: null,
    };
    await store().consents.give(consent);
    await remove(grant.clientId);
    expect(await store().consents.find(grant.userId, grant.clientId)).toBeNull();
  });

  it('makes good nothing that was given at the last moment', async () => {
    const { grant: earlier } = await givenTokens(store());
    await remove(earlier.clientId);
    const grant = someGrant(earlier.userId, earlier.clientId);
    const code = someCode(grant);
    await store().grants.add(grant);
    await store().authorizationCodes.add(code);
    expect(await store().authorizationCodes.consume(consumptionOf(code, grant))).toBe('revoked');
  });

  it('touches no other client', async () => {
    const [gone, other] = [await givenTokens(store()), await givenTokens(store())];
    const secret = someSecret(other.grant.clientId);
    await store().clients.addSecret(secret);
    await remove(gone.grant.clientId);
    expect((await store().clients.find(other.grant.clientId))?.secrets).toEqual([secret]);
    expect((await store().accessTokens.find(other.accessToken.id))?.ended).toBeNull();
    expect(await store().refreshTokens.rotate(rotationOf(other.refreshToken, other.grant))).toEqual({ outcome: 'rotated' });
  });

  it('leaves no living token behind when a code is consumed at the same moment, in either order', async () => {
    await atOnce(30, async (index) => {
      const { grant, code } = await givenCode(store());
      const consumption = consumptionOf(code, grant);
      const calls = [() => store().authorizationCodes.consume(consumption), () => remove(grant.clientId)];
      await Promise.all((index % 2 === 0 ? calls : calls.reverse()).map((call) => call()));
      expect((await store().accessTokens.find(consumption.accessToken.id))?.ended).not.toBeNull();
      expect((await store().refreshTokens.find(consumption.refreshToken?.id ?? ''))?.ended).not.toBeNull();
    });
  });
}
