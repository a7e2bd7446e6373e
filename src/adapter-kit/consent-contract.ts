import type { Storage } from '../application/ports/storage.js';
import type { Consent } from '../domain/authorization/consent.js';
import { expect } from './expect.js';
import { farthest, now, plus, someClient, someConsent, someUser, strangeKeys, trickyTexts } from './fixtures.js';
import { atOnce, tenTimes } from './races.js';
import { it } from './runner.js';

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
    ['scopes in their order', { scopes: ['profile', 'default', 'email'], declinedScopes: [], givenAt: now, expiresAt: null }],
    ['no scope', { scopes: [], declinedScopes: [], givenAt: now, expiresAt: null }],
    ['awkward scopes', { scopes: trickyTexts, declinedScopes: [], givenAt: now, expiresAt: null }],
    ['the year 9999', { scopes: ['default'], declinedScopes: [], givenAt: farthest, expiresAt: farthest }],
    ['what was left out', { scopes: ['default'], declinedScopes: trickyTexts, givenAt: now, expiresAt: null }],
    ['an end', { scopes: ['default'], declinedScopes: [], givenAt: now, expiresAt: plus(1) }],
  ])('keeps every field of a consent with %s', async (_, fields) => {
    const consent = await given({ ...(await givenPair()), ...fields });
    expect(await store().consents.find(consent.userId, consent.clientId)).toEqual(consent);
  });

  it('adds what is agreed to later to what was agreed to before', async () => {
    const pair = await givenPair();
    await given({ ...pair, scopes: ['default', 'profile'], declinedScopes: [], givenAt: now, expiresAt: null });
    await given({ ...pair, scopes: ['email', 'default'], declinedScopes: [], givenAt: plus(1000), expiresAt: null });
    expect(await store().consents.find(pair.userId, pair.clientId)).toEqual({
      ...pair,
      scopes: ['default', 'profile', 'email'],
      declinedScopes: [],
      givenAt: plus(1000),
      expiresAt: null,
    });
  });

  it('takes the latest word on each scope, agreed to or left out', async () => {
    const pair = await givenPair();
    await given(someConsent(pair, { scopes: ['default', 'profile'], declinedScopes: ['email', 'phone'] }));
    await given(someConsent(pair, { scopes: ['default', 'email'], declinedScopes: ['profile'], givenAt: plus(1) }));
    const latest = { scopes: ['default', 'email'], declinedScopes: ['phone', 'profile'], givenAt: plus(1) };
    expect(await store().consents.find(pair.userId, pair.clientId)).toEqual(someConsent(pair, latest));
  });

  it.each([
    ['a limited one over an unlimited one', null, plus(2000)],
    ['an unlimited one over a limited one', plus(2000), null],
    ['a limited one over a limited one', plus(2000), plus(3000)],
  ])('adds nothing up where time is limited: the later consent counts (%s)', async (_, before, after) => {
    const pair = await givenPair();
    await given(someConsent(pair, { scopes: ['default', 'profile'], declinedScopes: ['phone'], expiresAt: before }));
    const later = await given(someConsent(pair, { scopes: ['email', 'default'], declinedScopes: ['photos'], givenAt: plus(1000), expiresAt: after }));
    expect(await store().consents.find(pair.userId, pair.clientId)).toEqual(later);
  });

  it('keeps the newer of two moments, whichever comes in last', async () => {
    const pair = await givenPair();
    await given({ ...pair, scopes: ['default'], declinedScopes: [], givenAt: plus(1000), expiresAt: null });
    await given({ ...pair, scopes: ['email'], declinedScopes: [], givenAt: now, expiresAt: null });
    expect(await store().consents.find(pair.userId, pair.clientId)).toEqual({
      ...pair,
      scopes: ['default', 'email'],
      declinedScopes: [],
      givenAt: plus(1000),
      expiresAt: null,
    });
  });

  it('loses none of 20 scopes that are agreed to at once', () =>
    tenTimes(async () => {
      const pair = await givenPair();
      await atOnce(20, (index) =>
        store().consents.give({ ...pair, scopes: ['default', `scope-${index}`], declinedScopes: [], givenAt: plus(index), expiresAt: null }),
      );
      const consent = await store().consents.find(pair.userId, pair.clientId);
      expect([...(consent?.scopes ?? [])].sort()).toEqual(['default', ...Array.from({ length: 20 }, (_, index) => `scope-${index}`)].sort());
      expect(consent?.givenAt).toEqual(plus(19));
    }));

  it('forgets a consent, so that nothing of it comes back with the next', async () => {
    const pair = await givenPair();
    await given({ ...pair, scopes: ['email'], declinedScopes: [], givenAt: now, expiresAt: null });
    await store().consents.withdraw(pair.userId, pair.clientId);
    await store().consents.withdraw(pair.userId, pair.clientId);
    expect(await store().consents.find(pair.userId, pair.clientId)).toBeNull();
    const next = await given({ ...pair, scopes: ['default'], declinedScopes: [], givenAt: plus(1), expiresAt: null });
    expect(await store().consents.find(pair.userId, pair.clientId)).toEqual(next);
  });

  it('minds neither the same person’s other clients nor the same client’s other people', async () => {
    const [one, other] = [await givenPair(), await givenPair()];
    const crossed = { userId: one.userId, clientId: other.clientId };
    await given({ ...one, scopes: ['default'], declinedScopes: [], givenAt: now, expiresAt: null });
    await given({ ...other, scopes: ['default'], declinedScopes: [], givenAt: now, expiresAt: null });
    expect(await store().consents.find(crossed.userId, crossed.clientId)).toBeNull();
    await store().consents.withdraw(crossed.userId, crossed.clientId);
    expect(await store().consents.find(one.userId, one.clientId)).not.toBeNull();
    expect(await store().consents.find(other.userId, other.clientId)).not.toBeNull();
  });

  it('finds and withdraws nothing under any other key', async () => {
    const consent = await given({ ...(await givenPair()), scopes: ['default'], declinedScopes: [], givenAt: now, expiresAt: null });
    for (const key of strangeKeys) {
      expect(await store().consents.find(key, consent.clientId), `user ${key}`).toBeNull();
      expect(await store().consents.find(consent.userId, key), `client ${key}`).toBeNull();
      await store().consents.withdraw(key, consent.clientId);
      await store().consents.withdraw(consent.userId, key);
    }
    expect(await store().consents.find(consent.userId, consent.clientId)).toEqual(consent);
  });
}
