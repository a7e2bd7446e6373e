import type { Storage } from '../application/ports/storage.js';
import type { Consent } from '../domain/authorization/consent.js';
import type { Client } from '../domain/clients/client.js';
import { expect } from './expect.js';
import { plus, someConsent, trickyTexts } from './fixtures.js';
import { givenClient, givenConnection, givenUser } from './given.js';
import { describe, it } from './runner.js';

const hour = 3_600_000;

/** What is shown of an app that does not act for a person, but may again without asking. */
export function rememberedConsentContract(store: () => Storage): void {
  const at = plus(2000);

  async function remembered(fields: Partial<Consent> = {}, ofClient: Partial<Client> = {}): Promise<Consent> {
    const [user, client] = [await givenUser(store()), await givenClient(store(), ofClient)];
    const consent = someConsent({ userId: user.id, clientId: client.id }, fields);
    await store().consents.give(consent);
    return consent;
  }

  async function shown({ userId, clientId }: Consent, moment = at): Promise<boolean[]> {
    const { items } = await store().connections.listOf(userId, moment, { limit: 100 });
    const found = await store().connections.find(userId, clientId, moment);
    expect(items, 'find shows what list does').toEqual(found === null ? [] : [found]);
    return items.map(({ live }) => live);
  }

  describe('a consent under which nothing lives', () => {
    it('is shown with what was agreed to, and since when', async () => {
      const seen = { name: '日本語', description: 'line\nbreak', homepageUri: 'https://app.example/', logoUri: null, disabledAt: plus(3) };
      const agreed = { scopes: trickyTexts, declinedScopes: ['phone'], givenAt: plus(-5), expiresAt: plus(9 * hour) };
      const { userId, clientId } = await remembered(agreed, { ...seen, disabledBy: 'house' });
      const connection = {
        client: { id: clientId, ...seen },
        live: false,
        scopes: [...trickyTexts].sort(),
        since: plus(-5),
        lastUsedAt: null,
        usedScopes: [],
        expiresAt: plus(9 * hour),
      };
      expect((await store().connections.listOf(userId, at, { limit: 100 })).items).toEqual([connection]);
      expect(await store().connections.find(userId, clientId, at)).toEqual(connection);
    });

    it('is shown when the last grant has ended, and not beside one that lives', async () => {
      const consent = await remembered({ scopes: ['default', 'email'] });
      const { userId, clientId } = consent;
      const [first, second] = [await givenConnection(store(), userId, clientId), await givenConnection(store(), userId, clientId)];
      expect(await shown(consent)).toEqual([true]);
      expect(await store().connections.find(userId, clientId, at)).toMatchObject({ scopes: first.scopes, since: first.createdAt });
      await store().grants.revoke(first.id, 'revoked_by_client', plus(1));
      expect(await shown(consent)).toEqual([true]);
      await store().grants.revoke(second.id, 'revoked_by_client', plus(1));
      expect(await shown(consent)).toEqual([false]);
      expect(await store().connections.find(userId, clientId, at)).toMatchObject({ scopes: ['default', 'email'] });
    });

    it('is shown when the grant has lived its time', async () => {
      const consent = await remembered();
      await givenConnection(store(), consent.userId, consent.clientId);
      expect(await shown(consent)).toEqual([true]);
      expect(await shown(consent, plus(100_000 * hour))).toEqual([false]);
    });

    it('is not shown once it was forgotten', async () => {
      const consent = await remembered();
      expect(await shown(consent)).toEqual([false]);
      await store().consents.forget({ userId: consent.userId, clientId: consent.clientId });
      expect(await shown(consent)).toEqual([]);
    });

    it('is not shown when its own time is over', async () => {
      const consent = await remembered({ expiresAt: plus(5000) });
      expect(await shown(consent, plus(4999))).toEqual([false]);
      expect(await shown(consent, plus(5000))).toEqual([]);
    });

    it('is not shown of an app that was removed', async () => {
      const consent = await remembered();
      await store().clients.remove(consent.clientId, plus(1));
      expect(await shown(consent)).toEqual([]);
    });

    it('is not shown of an app that asks nobody: forgetting it would change nothing', async () => {
      const consent = await remembered({}, { consent: 'skip' });
      expect(await shown(consent)).toEqual([]);
      await givenConnection(store(), consent.userId, consent.clientId);
      expect(await shown(consent)).toEqual([true]);
    });

    it('is shown to its person only', async () => {
      const [one, other] = [await remembered(), await remembered()];
      expect((await store().connections.listOf(one.userId, at, { limit: 5 })).items.map(({ client }) => client.id)).toEqual([one.clientId]);
      expect(await store().connections.find(one.userId, other.clientId, at)).toBeNull();
    });
  });

  it('shows nothing of it to whoever reads a client’s grants, or counts them', async () => {
    const { clientId } = await remembered();
    expect(await store().connections.grantsOf(clientId, at, { limit: 5 })).toEqual({ items: [], next: null });
    expect(await store().connections.reach(clientId, at, 9)).toEqual({ people: 0, grants: 0, more: false });
  });
}
