import type { Storage } from '../application/ports/storage.js';
import type { Client } from '../domain/clients/client.js';
import { expect } from './expect.js';
import { farthest, plus, someUser, strangeKeys } from './fixtures.js';
import { givenClient, givenUser } from './given.js';
import { atOnce, tenTimes } from './races.js';
import { describe, it } from './runner.js';

/** Switching a client off and on: by its owner, by the house, and with its owner. */
export function clientDisablingContract(store: () => Storage): void {
  const given = (some: Partial<Client> = {}) => givenClient(store(), some);

  describe('disabling', () => {
    const disabled = { at: plus(5), by: 'owner' } as const;
    const stateOf = async ({ id }: Client) => {
      const found = await store().clients.find(id);
      return found && { at: found.disabledAt, by: found.disabledBy };
    };

    it('sets when and by whom, over what was there, and changes nothing else; enabling clears both', async () => {
      const client = await given();
      for (const state of [disabled, { at: farthest, by: 'house' } as const, disabled]) {
        expect(await store().clients.setDisabled(client.id, state)).toBe(true);
        expect(await store().clients.find(client.id)).toEqual({ ...client, disabledAt: state.at, disabledBy: state.by });
        const page = await store().clients.list({}, { limit: 100 });
        expect(page.items.find(({ id }) => id === client.id)?.disabledBy).toBe(state.by);
      }
      for (let twice = 0; twice < 2; twice += 1) expect(await store().clients.setDisabled(client.id, null)).toBe(true);
      expect(await store().clients.find(client.id)).toEqual(client);
    });

    it('is not undone, nor done, by an edit of what was read before', async () => {
      const client = await given();
      await store().clients.setDisabled(client.id, disabled);
      expect(await store().clients.update({ ...client, name: 'Renamed' })).toBe('updated');
      expect(await store().clients.find(client.id)).toMatchObject({ name: 'Renamed', disabledAt: disabled.at, disabledBy: 'owner' });
      const asRead = await store().clients.find(client.id);
      await store().clients.setDisabled(client.id, null);
      expect(asRead && (await store().clients.update(asRead))).toBe('updated');
      expect(await stateOf(client)).toEqual({ at: null, by: null });
    });

    it('spares what the house disabled, and nothing else', async () => {
      const client = await given();
      for (const state of [null, disabled]) {
        await store().clients.setDisabled(client.id, { at: plus(1), by: 'house' });
        expect(await store().clients.setDisabled(client.id, state, 'house')).toBe(false);
        expect(await stateOf(client)).toEqual({ at: plus(1), by: 'house' });
      }
      await store().clients.setDisabled(client.id, null);
      for (const state of [disabled, { ...disabled, at: plus(6) }, null, null]) {
        expect(await store().clients.setDisabled(client.id, state, 'house')).toBe(true);
        expect(await stateOf(client)).toEqual(state ?? { at: null, by: null });
      }
    });

    it('lets the house win when it disables while the owner switches on and off', () =>
      tenTimes(async () => {
        const client = await given({ disabledAt: plus(1), disabledBy: 'owner' });
        const byHouse = { at: plus(2), by: 'house' } as const;
        await atOnce(10, (index) =>
          index === 5 ? store().clients.setDisabled(client.id, byHouse) : store().clients.setDisabled(client.id, index % 2 ? null : disabled, 'house'),
        );
        expect(await stateOf(client)).toEqual(byHouse);
      }));
  });

  describe('disabling with its owner', () => {
    it('switches off the clients of one person that work, and on again those and no others', async () => {
      const [owner, other] = [await givenUser(store()), await givenUser(store())];
      const clients = [
        await given({ ownerId: owner.id }),
        await given({ ownerId: owner.id, disabledAt: plus(1), disabledBy: 'owner' }),
        await given({ ownerId: owner.id, disabledAt: plus(1), disabledBy: 'house' }),
        await given({ ownerId: other.id }),
        await given(),
      ];
      const states = () => Promise.all(clients.map(async ({ id }) => (await store().clients.find(id))?.disabledBy));
      expect(await store().clients.disableWithOwner(owner.id, plus(7))).toBe(1);
      expect(await states()).toEqual(['with_owner', 'owner', 'house', null, null]);
      expect((await store().clients.find(clients[0]?.id ?? ''))?.disabledAt).toEqual(plus(7));
      expect(await store().clients.disableWithOwner(owner.id, plus(8))).toBe(0);
      expect(await store().clients.enableWithOwner(other.id)).toBe(0);
      expect(await store().clients.enableWithOwner(owner.id)).toBe(1);
      expect(await states()).toEqual([null, 'owner', 'house', null, null]);
      expect(await store().clients.find(clients[0]?.id ?? '')).toEqual(clients[0]);
    });

    it('is lifted by the house, not by who must spare what the house did', async () => {
      const owner = await givenUser(store());
      const client = await given({ ownerId: owner.id });
      await store().clients.disableWithOwner(owner.id, plus(1));
      expect(await store().clients.setDisabled(client.id, null, 'house')).toBe(false);
      expect(await store().clients.setDisabled(client.id, null)).toBe(true);
      expect(await store().clients.find(client.id)).toEqual(client);
    });

    it('touches nothing under any other key, nor a client that was removed', async () => {
      const owner = await givenUser(store());
      const [client, removed] = [await given({ ownerId: owner.id }), await given({ ownerId: owner.id })];
      await store().clients.remove(removed.id, plus(1));
      for (const key of [someUser().id, ...strangeKeys]) {
        expect(await store().clients.disableWithOwner(key, plus(1)), `owner ${key}`).toBe(0);
        expect(await store().clients.enableWithOwner(key), `owner ${key}`).toBe(0);
      }
      expect(await store().clients.find(client.id)).toEqual(client);
      expect(await store().clients.disableWithOwner(owner.id, plus(1))).toBe(1);
    });
  });
}
