import type { Storage } from '../application/ports/storage.js';
import type { Consent } from '../domain/authorization/consent.js';
import { expect } from './expect.js';
import { agreedAt, plus, someConsent, someGrant } from './fixtures.js';
import { givenGrant } from './given.js';
import { tenTimes } from './races.js';
import { it } from './runner.js';

/** Grants that are made because a person has consented before. */
export function grantUnderConsentContract(store: () => Storage): void {
  async function givenConsent(fields: Partial<Consent> = {}): Promise<Consent> {
    const { userId, clientId } = await givenGrant(store());
    const consent = someConsent({ userId, clientId }, fields);
    await store().consents.give(consent);
    return consent;
  }

  it('is kept while the consent is as it was read', async () => {
    const consent = await givenConsent({ scopes: ['profile', 'default'], expiresAt: plus(9) });
    const grant = someGrant(consent.userId, consent.clientId, { expiresAt: plus(9) });
    expect(await store().grants.addUnder(consent, grant)).toBe(true);
    expect(await store().grants.find(grant.id)).toEqual(grant);
    await expect(store().grants.addUnder(consent, grant)).rejects.toThrow();
  });

  it.each<[string, Partial<Consent>]>([
    ['scopes', { scopes: ['default'] }],
    ['addresses', { redirectUris: [agreedAt] }],
    ['moment', { givenAt: plus(1) }],
    ['end', { expiresAt: null }],
  ])('is not kept when its %s became others', async (_, fields) => {
    const before: Partial<Consent> = { scopes: ['profile'], redirectUris: [], givenAt: plus(0), expiresAt: plus(9) };
    const consent = await givenConsent({ ...before, ...fields });
    const grant = someGrant(consent.userId, consent.clientId);
    expect(await store().grants.addUnder({ ...consent, ...before }, grant)).toBe(false);
    expect(await store().grants.find(grant.id)).toBeNull();
  });

  it('is not kept once the consent was withdrawn, nor under somebody else’s', async () => {
    const [consent, other] = [await givenConsent(), await givenConsent()];
    await store().consents.forget({ userId: consent.userId, clientId: consent.clientId });
    const grant = someGrant(consent.userId, consent.clientId);
    expect(await store().grants.addUnder(consent, grant)).toBe(false);
    expect(await store().grants.addUnder({ ...other, userId: consent.userId }, grant)).toBe(false);
    expect(await store().grants.find(grant.id)).toBeNull();
  });

  it('never outlives a withdrawal that is followed by the end of all grants, however close they come', () =>
    tenTimes(async () => {
      const consent = await givenConsent();
      const { userId, clientId } = consent;
      const grants = Array.from({ length: 12 }, () => someGrant(userId, clientId));
      await Promise.all([
        ...grants.map((grant) => store().grants.addUnder(consent, grant)),
        store()
          .consents.forget({ userId, clientId })
          .then(() => store().grants.revokeAll({ userId, clientId }, 'revoked_by_person', plus(1))),
      ]);
      for (const { id } of grants) {
        const kept = await store().grants.find(id);
        expect(kept === null || kept.revoked !== null).toBe(true);
      }
    }));
}
