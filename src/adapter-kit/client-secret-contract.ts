import { randomUUID } from 'node:crypto';
import type { Storage } from '../application/ports/storage.js';
import type { Client } from '../domain/clients/client.js';
import { expect } from './expect.js';
import { farthest, newBytes, plus, someSecret, trickyTexts } from './fixtures.js';
import { givenClient } from './given.js';
import { atOnce, tally, tenTimes } from './races.js';
import { describe, it } from './runner.js';

/** A client's secrets beside each other. */
export function clientSecretContract(store: () => Storage): void {
  const given = (some: Partial<Client> = {}) => givenClient(store(), some);

  describe('secrets', () => {
    it('stand beside each other with every field, expired ones too, the oldest first', async () => {
      const client = await given();
      const secrets = [
        someSecret(client.id, { label: trickyTexts.join(' '), digest: new Uint8Array(32) }),
        someSecret(client.id, { label: '𝒜'.repeat(100), createdAt: plus(1), createdBy: randomUUID() }),
        someSecret(client.id, { createdAt: plus(2), expiresAt: plus(3) }),
        someSecret(client.id, { createdAt: plus(3), expiresAt: farthest }),
      ];
      for (const secret of [...secrets].reverse()) expect(await store().clients.addSecret(secret)).toBe('added');
      expect(await store().clients.find(client.id)).toEqual({ ...client, secrets });
    });

    it('go one by one; the others are untouched', async () => {
      const [client, other] = [await given(), await given()];
      const [first, second, foreign] = [someSecret(client.id), someSecret(client.id, { createdAt: plus(1) }), someSecret(other.id)];
      for (const secret of [first, second, foreign]) await store().clients.addSecret(secret);
      expect(await store().clients.removeSecret(client.id, foreign.id)).toBe(false);
      expect(await store().clients.removeSecret(client.id, first.id)).toBe(true);
      expect(await store().clients.removeSecret(client.id, first.id)).toBe(false);
      expect((await store().clients.find(client.id))?.secrets).toEqual([second]);
      expect((await store().clients.find(other.id))?.secrets).toEqual([foreign]);
    });

    it('are all kept when 20 are added at once', async () => {
      const client = await given();
      const secrets = Array.from({ length: 20 }, () => someSecret(client.id));
      expect(await atOnce(20, (index) => store().clients.addSecret(secrets[index] ?? someSecret(client.id)))).toEqual(Array(20).fill('added'));
      const found = (await store().clients.find(client.id))?.secrets ?? [];
      expect(found.map(({ id }) => id).sort()).toEqual(secrets.map(({ id }) => id).sort());
    });

    it('are never more than 20, however many are added at once', () =>
      tenTimes(async () => {
        const client = await given({ secrets: [] });
        for (let index = 0; index < 15; index += 1) await store().clients.addSecret(someSecret(client.id));
        expect(tally(await atOnce(12, () => store().clients.addSecret(someSecret(client.id))))).toEqual({ added: 5, full: 7 });
        expect((await store().clients.find(client.id))?.secrets).toHaveLength(20);
        const other = await given();
        expect(await store().clients.addSecret(someSecret(other.id))).toBe('added');
      }));

    it('are refused under an id that is taken', async () => {
      const client = await given();
      const secret = someSecret(client.id);
      await store().clients.addSecret(secret);
      await expect(store().clients.addSecret({ ...secret, digest: newBytes() })).rejects.toThrow();
      expect((await store().clients.find(client.id))?.secrets).toEqual([secret]);
    });
  });
}
