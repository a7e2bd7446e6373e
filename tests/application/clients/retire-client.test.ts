import { beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/application/clients/actor.js';
import { DeleteClient } from '../../../src/application/clients/delete-client.js';
import { EditClient } from '../../../src/application/clients/edit-client.js';
import { SetClientDisabled } from '../../../src/application/clients/set-client-disabled.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import { InvalidInput, NotFound } from '../../../src/domain/errors.js';
import { createMemoryStorage } from '../../../src/infrastructure/memory/create-memory-storage.js';
import { someClient, someClock, someGrant, someScopes, someUser } from '../some.js';

describe('retiring a client', () => {
  let storage: Storage;
  const user = someUser();
  const client = someClient({ ownerId: user.id });
  const grant = someGrant({ clientId: client.id, userId: user.id });
  const owner: Actor = { id: user.id, admin: false };
  const administrator: Actor = { id: 'root', admin: true };
  const disable = (disabled: boolean, actor: Actor = 'operator') =>
    new SetClientDisabled(storage.clients, storage.users, someClock()).execute({ actor, clientId: client.id, disabled });
  const disabledNow = async () => (await storage.clients.find(client.id))?.disabledBy;

  beforeEach(async () => {
    storage = createMemoryStorage();
    await storage.clients.add(client);
    await storage.users.add(user);
    await storage.grants.add(grant);
  });

  it('disables it at the time of the clock and ends nothing', async () => {
    const disabled = await disable(true);
    expect(disabled).toEqual({ ...client, disabledAt: new Date('2030-01-01T00:00:00Z'), disabledBy: 'house' });
    expect(await storage.clients.find(client.id)).toEqual(disabled);
    expect((await storage.grants.find(grant.id))?.revoked).toBeNull();
  });

  it('keeps the first moment when it is disabled twice, and enables it again', async () => {
    await storage.clients.setDisabled(client.id, { at: new Date('2029-01-01'), by: 'house' });
    expect((await disable(true)).disabledAt).toEqual(new Date('2029-01-01'));
    expect((await disable(false)).disabledAt).toBeNull();
    expect((await storage.clients.find(client.id))?.disabledAt).toBeNull();
  });

  it.each([
    ['the command line', 'operator', 'house'],
    ['an administrator', administrator, 'house'],
    ['an administrator whose own it is', { id: user.id, admin: true }, 'house'],
    ['its owner', owner, 'owner'],
  ] as const)('notes that %s disabled it', async (_, actor, by) => {
    expect((await disable(true, actor)).disabledBy).toBe(by);
    expect(await disabledNow()).toBe(by);
    expect((await disable(false, actor)).disabledBy).toBeNull();
    expect(await disabledNow()).toBeNull();
  });

  it('lets its owner not enable what the house disabled, nor make it their own doing', async () => {
    const disabled = await disable(true);
    const refused = disable(false, owner);
    await expect(refused).rejects.toBeInstanceOf(InvalidInput);
    await expect(refused).rejects.toMatchObject({ problems: [{ field: 'disabled', message: 'an administrator disabled this app; ask them' }] });
    expect(await disable(true, owner)).toEqual(disabled);
    await expect(disable(false, owner)).rejects.toBeInstanceOf(InvalidInput);
    expect(await storage.clients.find(client.id)).toEqual(disabled);
  });

  it('lets the house take over what its owner disabled, and enable it', async () => {
    await disable(true, owner);
    expect((await disable(true, administrator)).disabledBy).toBe('house');
    await expect(disable(false, owner)).rejects.toBeInstanceOf(InvalidInput);
    expect((await disable(false, administrator)).disabledAt).toBeNull();
    await disable(true, owner);
    expect((await disable(false, 'operator')).disabledAt).toBeNull();
  });

  it('lets the house win when it disables between the look and the switch of its owner', async () => {
    const clients = Object.assign(Object.create(storage.clients) as typeof storage.clients, {
      setDisabled: async (...change: Parameters<typeof storage.clients.setDisabled>) => {
        await disable(true);
        return storage.clients.setDisabled(...change);
      },
    });
    const late = new SetClientDisabled(clients, storage.users, someClock()).execute({ actor: owner, clientId: client.id, disabled: false });
    await expect(late).rejects.toBeInstanceOf(InvalidInput);
    expect(await disabledNow()).toBe('house');
  });

  it('is not undone by an edit that began before', async () => {
    const clients = Object.assign(Object.create(storage.clients) as typeof storage.clients, {
      update: async (edited: typeof client) => {
        await disable(true);
        return storage.clients.update(edited);
      },
    });
    await new EditClient(clients, someScopes()).execute({ actor: owner, clientId: client.id, changes: { name: 'Renamed' } });
    expect(await storage.clients.find(client.id)).toMatchObject({ name: 'Renamed', disabledBy: 'house', disabledAt: expect.any(Date) });
  });

  it('is not found once it was deleted meanwhile', async () => {
    const clients = Object.assign(Object.create(storage.clients) as typeof storage.clients, {
      setDisabled: async (...change: Parameters<typeof storage.clients.setDisabled>) => {
        await storage.clients.remove(client.id, new Date());
        return storage.clients.setDisabled(...change);
      },
    });
    const late = new SetClientDisabled(clients, storage.users, someClock()).execute({ actor: 'operator', clientId: client.id, disabled: true });
    await expect(late).rejects.toBeInstanceOf(NotFound);
  });

  it('deletes it with everything people gave it', async () => {
    await new DeleteClient(storage.clients, someClock()).execute({ actor: 'operator', clientId: client.id });
    expect(await storage.clients.find(client.id)).toBeNull();
    expect((await storage.grants.find(grant.id))?.revoked?.at).toEqual(new Date('2030-01-01T00:00:00Z'));
  });
});
