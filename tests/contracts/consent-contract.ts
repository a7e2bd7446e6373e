import { expect, it } from 'vitest';
import type { Storage } from '../../src/application/ports/storage.js';
import type { Consent } from '../../src/domain/authorization/consent.js';
import { farthest, now, plus, someClient, someUser, strangeKeys, trickyTexts } from './fixtures.js';
import { atOnce, tenTimes } from './races.js';

export function consentContract(store: () => Storage): void {
  async function givenPair(): Promise<{ userId: string; clientId: string }> {
    const [user, client] = [someUser(), someClient()];
    await store().users.add(user);
    await store().clients.add(client);
    return { userId: user.id, clientId: client.id };
  }

  async function given(consent: Consent): Promise<Consent> {
    await store().consents.give(consent);
    return consent;
  }

  it.each<[string, Omit<Consent, 'userId' | 'clientId'>]>([
    ['scopes in their order', { scopes: ['profile', 'default', 'email'], givenAt: now }],
    ['no scope', { scopes: [], givenAt: now }],
    ['awkward scopes', { scopes: trickyTexts, givenAt: now }],
    ['the year 9999', { scopes: ['default'], givenAt: farthest }],
  ])('keeps every field of a consent with %s', async (_, fields) => {
    const consent = await given({ ...(await givenPair()), ...fields });
    expect(await store().consents.find(consent.userId, consent.clientId)).toEqual(consent);
  });

  it('adds what is agreed to later to what was agreed to before', async () => {
    const pair = await givenPair();
    await given({ ...pair, scopes: ['default', 'profile'], givenAt: now });
    await given({ ...pair, scopes: ['email', 'default'], givenAt: plus(1000) });
    expect(await store().consents.find(pair.userId, pair.clientId)).toEqual({ ...pair, scopes: ['default', 'profile', 'email'], givenAt: plus(1000) });
  });

  it('keeps the newer of two moments, whichever comes in last', async () => {
    const pair = await givenPair();
    await given({ ...pair, scopes: ['default'], givenAt: plus(1000) });
    await given({ ...pair, scopes: ['email'], givenAt: now });
    expect(await store().consents.find(pair.userId, pair.clientId)).toEqual({ ...pair, scopes: ['default', 'email'], givenAt: plus(1000) });
  });

  it('loses none of 20 scopes that are agreed to at once', () =>
    tenTimes(async () => {
      const pair = await givenPair();
      await atOnce(20, (index) => store().consents.give({ ...pair, scopes: ['default', `scope-${index}`], givenAt: plus(index) }));
      const consent = await store().consents.find(pair.userId, pair.clientId);
      expect([...(consent?.scopes ?? [])].sort()).toEqual(['default', ...Array.from({ length: 20 }, (_, index) => `scope-${index}`)].sort());
      expect(consent?.givenAt).toEqual(plus(19));
    }));

  it('forgets a consent, so that nothing of it comes back with the next', async () => {
    const pair = await givenPair();
    await given({ ...pair, scopes: ['email'], givenAt: now });
    await store().consents.withdraw(pair.userId, pair.clientId);
    await store().consents.withdraw(pair.userId, pair.clientId);
    expect(await store().consents.find(pair.userId, pair.clientId)).toBeNull();
    const next = await given({ ...pair, scopes: ['default'], givenAt: plus(1) });
    expect(await store().consents.find(pair.userId, pair.clientId)).toEqual(next);
  });

  it('minds neither the same person’s other clients nor the same client’s other people', async () => {
    const [one, other] = [await givenPair(), await givenPair()];
    const crossed = { userId: one.userId, clientId: other.clientId };
    await given({ ...one, scopes: ['default'], givenAt: now });
    await given({ ...other, scopes: ['default'], givenAt: now });
    expect(await store().consents.find(crossed.userId, crossed.clientId)).toBeNull();
    await store().consents.withdraw(crossed.userId, crossed.clientId);
    expect(await store().consents.find(one.userId, one.clientId)).not.toBeNull();
    expect(await store().consents.find(other.userId, other.clientId)).not.toBeNull();
  });

  it('finds and withdraws nothing under any other key', async () => {
    const consent = await given({ ...(await givenPair()), scopes: ['default'], givenAt: now });
    for (const key of strangeKeys) {
      expect(await store().consents.find(key, consent.clientId), `user ${key}`).toBeNull();
      expect(await store().consents.find(consent.userId, key), `client ${key}`).toBeNull();
      await store().consents.withdraw(key, consent.clientId);
      await store().consents.withdraw(consent.userId, key);
    }
    expect(await store().consents.find(consent.userId, consent.clientId)).toEqual(consent);
  });
}
