import { beforeEach, describe, expect, it } from 'vitest';
import { KeepClient } from '../../../src/application/clients/keep-client.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import type { Client } from '../../../src/domain/clients/client.js';
import { createMemoryStorage } from '../../../src/infrastructure/memory/create-memory-storage.js';
import { claudeCode, describedClient } from '../../support/introduced.js';
import { someClient } from '../some.js';

const described = describedClient(claudeCode);
const at = new Date('2030-02-01');

describe('KeepClient', () => {
  let storage: Storage;
  const keep = async (client: Client) => (await new KeepClient(storage.clients).execute({ client, by: 'ada' })).outcome;
  const kept = () => storage.clients.find(described.id);

  beforeEach(() => {
    storage = createMemoryStorage();
  });

  it('adds one that describes itself once, and changes it once, of many who allow it at the same moment', async () => {
    const ten = (client: Client) => Promise.all(Array.from({ length: 10 }, () => keep(client)));
    expect((await ten(described)).sort()).toEqual(['added', ...Array.from({ length: 9 }, () => 'unchanged')]);
    expect(await kept()).toEqual(described);
    expect((await ten({ ...described, name: 'Another name' })).sort()).toEqual(['changed', ...Array.from({ length: 9 }, () => 'unchanged')]);
    expect(await kept()).toEqual({ ...described, name: 'Another name', version: 2 });
  });

  it('leaves what was done to it here, also since it was found', async () => {
    await keep(described);
    await storage.clients.setDisabled(described.id, { at, by: 'house' });
    await storage.clients.revokeOwnTokens(described.id, at);
    expect(await keep({ ...described, name: 'Another name', createdAt: at })).toBe('changed');
    const done = { disabledAt: at, disabledBy: 'house', ownTokensRevokedAt: at };
    expect(await kept()).toEqual({ ...described, ...done, name: 'Another name', version: 2 });
  });

  it('has nothing to do with one that is registered here', async () => {
    const registered = someClient();
    expect(await keep(registered)).toBe('registered');
    expect(await storage.clients.find(registered.id)).toBeNull();
  });

  it('does not bring back one that was removed', async () => {
    await keep(described);
    await storage.clients.remove(described.id, at);
    await expect(keep(described)).rejects.toThrow('this app was removed here');
    expect(await kept()).toBeNull();
  });
});
