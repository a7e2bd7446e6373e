import { beforeEach, describe, expect, it } from 'vitest';
import { DeleteClient } from '../../../src/application/clients/delete-client.js';
import { SetClientDisabled } from '../../../src/application/clients/set-client-disabled.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import { createMemoryStorage } from '../../../src/infrastructure/memory/create-memory-storage.js';
import { someClient, someClock, someGrant, someUser } from '../some.js';

describe('retiring a client', () => {
  let storage: Storage;
  const client = someClient();
  const user = someUser();
  const grant = someGrant({ clientId: client.id, userId: user.id });
  const disable = (disabled: boolean) => new SetClientDisabled(storage.clients, someClock()).execute({ actor: 'operator', clientId: client.id, disabled });

  beforeEach(async () => {
    storage = createMemoryStorage();
    await storage.clients.add(client);
    await storage.users.add(user);
    await storage.grants.add(grant);
  });

  it('disables it at the time of the clock and ends nothing', async () => {
    const disabled = await disable(true);
    expect(disabled).toEqual({ ...client, disabledAt: new Date('2030-01-01T00:00:00Z') });
    expect(await storage.clients.find(client.id)).toEqual(disabled);
    expect((await storage.grants.find(grant.id))?.revoked).toBeNull();
  });

  it('keeps the first moment when it is disabled twice, and enables it again', async () => {
    const first = await disable(true);
    await storage.clients.update({ ...first, disabledAt: new Date('2029-01-01') });
    expect((await disable(true)).disabledAt).toEqual(new Date('2029-01-01'));
    expect((await disable(false)).disabledAt).toBeNull();
    expect((await storage.clients.find(client.id))?.disabledAt).toBeNull();
  });

  it('deletes it with everything people gave it', async () => {
    await new DeleteClient(storage.clients, someClock()).execute({ actor: 'operator', clientId: client.id });
    expect(await storage.clients.find(client.id)).toBeNull();
    expect((await storage.grants.find(grant.id))?.revoked?.at).toEqual(new Date('2030-01-01T00:00:00Z'));
  });
});
