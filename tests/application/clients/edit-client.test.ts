import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Actor } from '../../../src/application/clients/actor.js';
import type { ChosenSettings } from '../../../src/application/clients/default-settings.js';
import { EditClient } from '../../../src/application/clients/edit-client.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import type { Client } from '../../../src/domain/clients/client.js';
import { Outdated } from '../../../src/domain/errors.js';
import { createMemoryStorage } from '../../../src/infrastructure/memory/create-memory-storage.js';
import { problemsOf, someCatalogue, someClient, someScopes } from '../some.js';

describe('EditClient', () => {
  let storage: Storage;
  let client: Client;
  const owner: Actor = { id: 'owner', admin: false };
  const edit = (changes: ChosenSettings, actor: Actor = 'operator') =>
    new EditClient(storage.clients, someScopes([...someCatalogue, { name: 'admin', sentence: 'Administer' }])).execute({ actor, clientId: client.id, changes });
  const kept = () => storage.clients.find(client.id);

  beforeEach(async () => {
    storage = createMemoryStorage();
    client = someClient({ ownerId: 'owner' });
    await storage.clients.add(client);
  });

  it('changes what is named and nothing else', async () => {
    const edited = await edit({ name: 'Renamed', pkce: 'optional', description: undefined });
    expect(edited).toEqual({ ...client, name: 'Renamed', pkce: 'optional', version: 2 });
    expect(await kept()).toEqual(edited);
  });

  it('takes away what is named null', async () => {
    await edit({ description: 'Some words', accessTokenLifetime: 600 });
    expect(await edit({ description: null, accessTokenLifetime: null })).toMatchObject({ description: null, accessTokenLifetime: null });
  });

  it('checks the settings as a whole, and changes nothing when they cannot be saved', async () => {
    expect(await problemsOf(edit({ type: 'public', refresh: 'keep', redirectUris: ['http://app.example/cb'] }))).toEqual(['redirectUris', 'refresh']);
    expect(await problemsOf(edit({ redirectUris: [] }))).toEqual(['redirectUris']);
    expect(await kept()).toEqual(client);
  });

  it('lets a scope stay whose API was removed, and gives none that the client had not', async () => {
    await storage.clients.update({ ...client, scopes: ['default', 'gone:read'], optionalScopes: ['gone:read'] });
    expect(await edit({ name: 'Renamed' }, owner)).toMatchObject({ name: 'Renamed', scopes: ['default', 'gone:read'], optionalScopes: ['gone:read'] });
    expect(await problemsOf(edit({ scopes: ['default', 'gone:read', 'gone:write'] }))).toEqual(['scopes']);
    await edit({ scopes: ['default'], optionalScopes: [] });
    expect(await problemsOf(edit({ scopes: ['default', 'gone:read'] }))).toEqual(['scopes']);
  });

  it('keeps id, owner, secrets and whether it is disabled, whatever the changes carry', async () => {
    const smuggled = {
      name: 'Renamed',
      id: 'other',
      ownerId: 'thief',
      disabledAt: new Date(),
      disabledBy: 'house',
      secrets: [],
      createdAt: new Date(),
      version: 99,
    } as ChosenSettings;
    expect(await edit(smuggled, owner)).toEqual({ ...client, name: 'Renamed', version: 2 });
    expect(await kept()).toEqual({ ...client, name: 'Renamed', version: 2 });
  });

  it('refuses changes made up from a version that is no longer, and loses none made at the same moment', async () => {
    const from = (version: number, name: string) =>
      new EditClient(storage.clients, someScopes()).execute({ actor: owner, clientId: client.id, changes: { name }, version });
    await from(1, 'First tab');
    await expect(from(1, 'Second tab')).rejects.toBeInstanceOf(Outdated);
    expect(await kept()).toMatchObject({ name: 'First tab', version: 2 });
    await Promise.all([edit({ name: 'Renamed' }, owner), edit({ scopes: ['default'] }), edit({ pkce: 'optional' })]);
    expect(await kept()).toMatchObject({ name: 'Renamed', scopes: ['default'], pkce: 'optional', version: 5 });
  });

  it('checks its rules against what the client has become: an owner never puts back what an administrator takes away', async () => {
    await edit({ scopes: ['default', 'admin'] });
    const { update } = storage.clients;
    const takenAwayFirst = vi.spyOn(storage.clients, 'update').mockImplementationOnce(async (edited) => {
      takenAwayFirst.mockRestore();
      await edit({ scopes: ['default'] });
      return update.call(storage.clients, edited);
    });
    expect(await problemsOf(edit({ name: 'Renamed', scopes: ['default', 'admin'] }, owner))).toEqual(['scopes']);
    expect(await kept()).toMatchObject({ name: client.name, scopes: ['default'] });
  });

  it('gives up, and says so, when others keep coming in between', async () => {
    const update = vi.spyOn(storage.clients, 'update').mockResolvedValue('outdated');
    await expect(edit({ name: 'Renamed' }, owner)).rejects.toBeInstanceOf(Outdated);
    expect(update.mock.calls.length).toBeLessThan(20);
  });

  it('does not let an owner skip the consent', async () => {
    expect(await problemsOf(edit({ consent: 'skip' }, owner))).toEqual(['consent']);
    expect(await edit({ consent: 'skip' }, { id: 'root', admin: true })).toMatchObject({ consent: 'skip' });
  });

  describe('of a client that skips the consent, by its owner', () => {
    beforeEach(() => edit({ consent: 'skip' }));

    it.each([
      ['redirectUris', { redirectUris: ['https://app.example/callback', 'https://evil.example/cb'] }],
      ['scopes', { scopes: ['default', 'profile', 'email'] }],
      ['grantTypes', { grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'] }],
    ] as const)('cannot add to its %s: nobody would be asked', async (field, changes) => {
      expect(await problemsOf(edit(changes, owner))).toEqual([field]);
    });

    it('can rename it, take from it, and have people asked again', async () => {
      expect(await edit({ name: 'Renamed', scopes: ['default'] }, owner)).toMatchObject({ name: 'Renamed', consent: 'skip', scopes: ['default'] });
      expect(await edit({ consent: 'ask', redirectUris: ['https://other.example/cb'] }, owner)).toMatchObject({ consent: 'ask' });
    });
  });

  it.each([
    ['an address', { redirectUris: ['https://app.example/cb', 'https://evil.example/cb'] }],
    ['its secret away', { type: 'public' as const }],
  ])('of a client that may be given all of this server: its owner cannot change %s', async (_, changes) => {
    await edit({ scopes: ['default', 'admin'] }, 'operator');
    expect(await problemsOf(edit(changes, owner))).toEqual(Object.keys(changes));
    await expect(edit(changes, 'operator')).resolves.toMatchObject(changes);
  });
});
