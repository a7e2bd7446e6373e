import type { Storage } from '../application/ports/storage.js';
import { type Consent, consentAfter } from '../domain/authorization/consent.js';
import { expect } from './expect.js';
import { agreedAt, farthest, now, plus, someConsent, strangeKeys, trickyTexts } from './fixtures.js';
import { forgottenConsentContract } from './forgotten-consent-contract.js';
import { givenConsent, givenPair } from './given.js';
import { atOnce, tenTimes } from './races.js';
import { describe, it } from './runner.js';

/** Every way to agree to two scopes, leave them out, or not be asked for them, at one of two addresses. */
const everyWord = [agreedAt, 'https://client.example/elsewhere'].flatMap((redirectUri) =>
  ['', 'a', '-a', 'b', '-b', 'a b', 'a -b', '-a b', '-a -b'].map((text) => {
    const words = text.split(' ').filter((word) => word !== '');
    const declinedScopes = words.filter((word) => word.startsWith('-')).map((word) => word.slice(1));
    return { scopes: words.filter((word) => !word.startsWith('-')), declinedScopes, redirectUris: [redirectUri] };
  }),
);

export function consentContract(store: () => Storage): void {
  it.each<[string, Omit<Consent, 'userId' | 'clientId'>]>([
    ['scopes in their order', { scopes: ['profile', 'default', 'email'], declinedScopes: [], redirectUris: [agreedAt], givenAt: now, expiresAt: null }],
    ['no scope', { scopes: [], declinedScopes: [], redirectUris: [agreedAt], givenAt: now, expiresAt: null }],
    ['awkward scopes', { scopes: trickyTexts, declinedScopes: [], redirectUris: [agreedAt], givenAt: now, expiresAt: null }],
    ['the year 9999', { scopes: ['default'], declinedScopes: [], redirectUris: [agreedAt], givenAt: farthest, expiresAt: farthest }],
    ['what was left out', { scopes: ['default'], declinedScopes: trickyTexts, redirectUris: [agreedAt], givenAt: now, expiresAt: null }],
    ['an end', { scopes: ['default'], declinedScopes: [], redirectUris: [agreedAt], givenAt: now, expiresAt: plus(1) }],
  ])('keeps every field of a consent with %s', async (_, fields) => {
    const consent = await givenConsent(store(), { ...(await givenPair(store())), ...fields });
    expect(await store().consents.find(consent.userId, consent.clientId)).toEqual(consent);
  });

  it('adds what is agreed to later to what was agreed to before', async () => {
    const pair = await givenPair(store());
    await givenConsent(store(), { ...pair, scopes: ['default', 'profile'], declinedScopes: [], redirectUris: [agreedAt], givenAt: now, expiresAt: null });
    await givenConsent(store(), { ...pair, scopes: ['email', 'default'], declinedScopes: [], redirectUris: [agreedAt], givenAt: plus(1000), expiresAt: null });
    expect(await store().consents.find(pair.userId, pair.clientId)).toEqual({
      ...pair,
      scopes: ['default', 'profile', 'email'],
      declinedScopes: [],
      redirectUris: [agreedAt],
      givenAt: plus(1000),
      expiresAt: null,
    });
  });

  describe('at another address', () => {
    const elsewhere = ['https://client.example/elsewhere'];

    it('is agreed to beside the first, where just the same is agreed to', async () => {
      const pair = await givenPair(store());
      await givenConsent(store(), someConsent(pair, { scopes: ['default', 'email'] }));
      await givenConsent(store(), someConsent(pair, { scopes: ['email', 'default'], redirectUris: elsewhere, givenAt: plus(1) }));
      expect((await store().consents.find(pair.userId, pair.clientId))?.redirectUris).toEqual([agreedAt, ...elsewhere]);
      await givenConsent(store(), someConsent(pair, { scopes: ['email'], givenAt: plus(2) }));
      const both = { scopes: ['email', 'default'], redirectUris: [agreedAt, ...elsewhere], givenAt: plus(2) };
      expect(await store().consents.find(pair.userId, pair.clientId)).toEqual(someConsent(pair, both));
    });

    it.each([
      ['less', ['default'], ['email']],
      ['more', ['default', 'profile', 'email'], []],
      ['other scopes', ['phone'], []],
    ])('takes the place of what was agreed to at the first, where %s is agreed to', async (_, scopes, declinedScopes) => {
      const pair = await givenPair(store());
      await givenConsent(store(), someConsent(pair, { scopes: ['default', 'profile'], declinedScopes: ['phone'] }));
      const later = await givenConsent(store(), someConsent(pair, { scopes, declinedScopes, redirectUris: elsewhere, givenAt: plus(1) }));
      expect(await store().consents.find(pair.userId, pair.clientId)).toEqual(later);
    });

    it.each([
      ['more is agreed to', ['profile'], []],
      ['something is left out', ['default'], ['email']],
    ])('is asked for again when, at the first, %s', async (_, scopes, declinedScopes) => {
      const pair = await givenPair(store());
      await givenConsent(store(), someConsent(pair, { scopes: ['default', 'email'] }));
      await givenConsent(store(), someConsent(pair, { scopes: ['default', 'email'], redirectUris: elsewhere, givenAt: plus(1) }));
      await givenConsent(store(), someConsent(pair, { scopes, declinedScopes, givenAt: plus(2) }));
      expect((await store().consents.find(pair.userId, pair.clientId))?.redirectUris).toEqual([agreedAt]);
    });
  });

  it('remembers just what the domain says, whatever came before', async () => {
    const remembered = async (pair: { userId: string; clientId: string }, first: Partial<Consent>) => {
      for (const second of everyWord) {
        const [earlier, added] = [someConsent(pair, first), someConsent(pair, { ...second, givenAt: plus(1) })];
        await store().consents.forget(pair);
        await givenConsent(store(), earlier);
        await givenConsent(store(), added);
        expect(await store().consents.find(pair.userId, pair.clientId), JSON.stringify([first, second])).toEqual(consentAfter(earlier, added));
      }
    };
    await Promise.all(everyWord.map(async (first) => remembered(await givenPair(store()), first)));
  });

  it('takes the latest word on each scope, agreed to or left out', async () => {
    const pair = await givenPair(store());
    await givenConsent(store(), someConsent(pair, { scopes: ['default', 'profile'], declinedScopes: ['email', 'phone'] }));
    await givenConsent(store(), someConsent(pair, { scopes: ['default', 'email'], declinedScopes: ['profile'], givenAt: plus(1) }));
    const latest = { scopes: ['default', 'email'], declinedScopes: ['phone', 'profile'], givenAt: plus(1) };
    expect(await store().consents.find(pair.userId, pair.clientId)).toEqual(someConsent(pair, latest));
  });

  it.each([
    ['a limited one over an unlimited one', null, plus(2000)],
    ['an unlimited one over a limited one', plus(2000), null],
    ['a limited one over a limited one', plus(2000), plus(3000)],
  ])('adds nothing up where time is limited: the later consent counts (%s)', async (_, before, after) => {
    const pair = await givenPair(store());
    await givenConsent(store(), someConsent(pair, { scopes: ['default', 'profile'], declinedScopes: ['phone'], expiresAt: before }));
    const later = await givenConsent(
      store(),
      someConsent(pair, { scopes: ['email', 'default'], declinedScopes: ['photos'], givenAt: plus(1000), expiresAt: after }),
    );
    expect(await store().consents.find(pair.userId, pair.clientId)).toEqual(later);
  });

  it('keeps the newer of two moments, whichever comes in last', async () => {
    const pair = await givenPair(store());
    await givenConsent(store(), { ...pair, scopes: ['default'], declinedScopes: [], redirectUris: [agreedAt], givenAt: plus(1000), expiresAt: null });
    await givenConsent(store(), { ...pair, scopes: ['email'], declinedScopes: [], redirectUris: [agreedAt], givenAt: now, expiresAt: null });
    expect(await store().consents.find(pair.userId, pair.clientId)).toEqual({
      ...pair,
      scopes: ['default', 'email'],
      declinedScopes: [],
      redirectUris: [agreedAt],
      givenAt: plus(1000),
      expiresAt: null,
    });
  });

  it('loses none of 20 scopes that are agreed to at once', () =>
    tenTimes(async () => {
      const pair = await givenPair(store());
      await atOnce(20, (index) =>
        store().consents.give({
          ...pair,
          scopes: ['default', `scope-${index}`],
          declinedScopes: [],
          redirectUris: [agreedAt],
          givenAt: plus(index),
          expiresAt: null,
        }),
      );
      const consent = await store().consents.find(pair.userId, pair.clientId);
      expect([...(consent?.scopes ?? [])].sort()).toEqual(['default', ...Array.from({ length: 20 }, (_, index) => `scope-${index}`)].sort());
      expect(consent?.givenAt).toEqual(plus(19));
    }));

  forgottenConsentContract(store);

  it('minds neither the same person’s other clients nor the same client’s other people', async () => {
    const [one, other] = [await givenPair(store()), await givenPair(store())];
    const crossed = { userId: one.userId, clientId: other.clientId };
    await givenConsent(store(), { ...one, scopes: ['default'], declinedScopes: [], redirectUris: [agreedAt], givenAt: now, expiresAt: null });
    await givenConsent(store(), { ...other, scopes: ['default'], declinedScopes: [], redirectUris: [agreedAt], givenAt: now, expiresAt: null });
    expect(await store().consents.find(crossed.userId, crossed.clientId)).toBeNull();
    await store().consents.forget(crossed);
    expect(await store().consents.find(one.userId, one.clientId)).not.toBeNull();
    expect(await store().consents.find(other.userId, other.clientId)).not.toBeNull();
  });

  it('finds and withdraws nothing under any other key', async () => {
    const consent = await givenConsent(store(), {
      ...(await givenPair(store())),
      scopes: ['default'],
      declinedScopes: [],
      redirectUris: [agreedAt],
      givenAt: now,
      expiresAt: null,
    });
    for (const key of strangeKeys) {
      expect(await store().consents.find(key, consent.clientId), `user ${key}`).toBeNull();
      expect(await store().consents.find(consent.userId, key), `client ${key}`).toBeNull();
      await store().consents.forget({ userId: key, clientId: consent.clientId });
      await store().consents.forget({ userId: consent.userId, clientId: key });
      expect(await store().consents.forget({ userId: key }), `user ${key}`).toBe(0);
      expect(await store().consents.forget({ clientId: key }), `client ${key}`).toBe(0);
    }
    expect(await store().consents.find(consent.userId, consent.clientId)).toEqual(consent);
  });
}
