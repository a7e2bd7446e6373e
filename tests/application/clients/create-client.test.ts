import { beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/application/clients/actor.js';
import { CreateClient } from '../../../src/application/clients/create-client.js';
import type { ChosenSettings } from '../../../src/application/clients/default-settings.js';
import type { ClientRepository } from '../../../src/application/ports/client-repository.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import { presentedSecret } from '../../../src/domain/secret.js';
import { createMemoryStorage } from '../../../src/infrastructure/memory/create-memory-storage.js';
import { problemsOf, someCatalogue, someClock, someScopes, someUser } from '../some.js';

const redirectUris = ['https://app.example/cb'];

describe('CreateClient', () => {
  let storage: Storage;
  let createClient: CreateClient;
  const create = (settings: ChosenSettings, actor: Actor = 'operator') => createClient.execute({ actor, settings });

  beforeEach(() => {
    storage = createMemoryStorage();
    createClient = new CreateClient(storage.clients, storage.users, someScopes(), someClock());
  });

  it('makes the safest choice wherever none was made', async () => {
    const { client } = await create({ name: 'App', redirectUris });
    expect(client).toMatchObject({
      type: 'confidential',
      grantTypes: ['authorization_code', 'refresh_token'],
      scopes: ['default', 'profile', 'email', 'offline_access'],
      pkce: 'required',
      refresh: 'rotate',
      consent: 'ask',
      accessTokenLifetime: null,
      ownerId: null,
      disabledAt: null,
    });
  });

  it("gives no scope of this server's own API unless it is asked for", async () => {
    const wide = [...someCatalogue, { name: 'clients:read', sentence: 'See apps' }, { name: 'admin', sentence: 'Administer' }];
    createClient = new CreateClient(storage.clients, storage.users, someScopes(wide), someClock());
    expect((await create({ name: 'App', redirectUris })).client.scopes).toEqual(someCatalogue.map((scope) => scope.name));
    expect((await create({ name: 'App', redirectUris, scopes: ['clients:read', 'admin'] })).client.scopes).toEqual(['clients:read', 'admin']);
  });

  it('gives a client that acts for itself (RFC 6749 §4.4) no scope that speaks of a person unless it is asked for (OpenID Connect Core §5.4, §11)', async () => {
    const more = [...someCatalogue, ...['openid', 'address', 'phone', 'reports'].map((name) => ({ name, sentence: `Use ${name}` }))];
    createClient = new CreateClient(storage.clients, storage.users, someScopes(more), someClock());
    expect((await create({ name: 'Machine' })).client.scopes).toEqual(['default', 'reports']);
    expect((await create({ name: 'Machine', redirectUris, grantTypes: ['client_credentials'] })).client.scopes).toEqual(['default', 'reports']);
    expect((await create({ name: 'Machine', scopes: ['profile'] })).client.scopes).toEqual(['profile']);
    const both = { name: 'App', redirectUris, grantTypes: ['authorization_code', 'client_credentials'] as const };
    expect((await create(both)).client.scopes).toEqual(more.map((scope) => scope.name));
  });

  it('lets only an administrator give a client the scope admin', async () => {
    createClient = new CreateClient(storage.clients, storage.users, someScopes([...someCatalogue, { name: 'admin', sentence: 'Administer' }]), someClock());
    const settings = { name: 'App', redirectUris, scopes: ['admin'] };
    expect(await problemsOf(create(settings, { id: someUser().id, admin: false }))).toEqual(['scopes']);
    expect((await create(settings, { id: someUser().id, admin: true })).client.scopes).toEqual(['admin']);
  });

  it('lets a client without a redirect URI act for itself only (RFC 6749 §4.4)', async () => {
    expect((await create({ name: 'Machine' })).client.grantTypes).toEqual(['client_credentials']);
  });

  it('asks for a redirect URI rather than let a public client act for itself', async () => {
    expect(await problemsOf(create({ name: 'App', type: 'public' }))).toEqual(['redirectUris']);
  });

  it('gives a confidential client one secret, in full this once, of which only the digest is kept', async () => {
    const { client, secret } = await create({ name: 'App', redirectUris });
    const kept = await storage.clients.find(client.id);
    expect({ ...kept, secrets: [] }).toEqual({ ...client, secrets: [] });
    expect(kept?.secrets.map(({ id, label }) => [id, label])).toEqual([[client.secrets[0]?.id, 'first secret']]);
    expect(presentedSecret('cs', kept?.secrets ?? [], secret ?? '', new Date())?.lastFour).toBe(secret?.slice(-4));
  });

  it('gives a public client no secret (RFC 6749 §2.1)', async () => {
    const { client, secret } = await create({ name: 'App', type: 'public', redirectUris });
    expect(secret).toBeNull();
    expect((await storage.clients.find(client.id))?.secrets).toEqual([]);
  });

  it('keeps an id and a secret that no encoding changes', async () => {
    const { client, secret } = await create({ name: 'App', redirectUris });
    expect(client.id).toMatch(/^[0-9a-f]{32}$/);
    expect(secret).toMatch(/^kw_cs_[A-Za-z0-9_-]+$/);
  });

  it('trims the name and keeps each entry of a list once', async () => {
    const { client } = await create({ name: ' App ', redirectUris: [...redirectUris, ...redirectUris], scopes: ['email', 'email'] });
    expect(client).toMatchObject({ name: 'App', redirectUris, scopes: ['email'] });
  });

  it('tells every problem at once and keeps nothing', async () => {
    expect(await problemsOf(create({ name: '', redirectUris: ['https://app.example/#x', 'javascript:x'], scopes: ['root'] }))).toEqual([
      'name',
      'redirectUris',
      'redirectUris',
      'scopes',
    ]);
    expect((await storage.clients.list({}, { limit: 1 })).items).toEqual([]);
  });

  it('keeps client and first secret at once, so that none can be left without the other', async () => {
    const calls: string[] = [];
    const clients = new Proxy(storage.clients, {
      get: (target, verb: keyof ClientRepository) => {
        calls.push(verb);
        return target[verb].bind(target);
      },
    });
    await new CreateClient(clients, storage.users, someScopes(), someClock()).execute({ actor: 'operator', settings: { name: 'App', redirectUris } });
    expect(calls).toEqual(['add']);
    expect((await storage.clients.list({}, { limit: 1 })).items[0]?.secrets).toHaveLength(1);
  });

  describe('decides whose the client is', () => {
    const [ada, bob] = [someUser(), someUser({ email: 'bob@example.com' })];
    const admin: Actor = { id: bob.id, admin: true };
    const person: Actor = { id: ada.id, admin: false };

    beforeEach(async () => {
      await storage.users.add(ada);
      await storage.users.add(bob);
    });

    it.each([
      ['the person who made it', person, undefined, ada.id],
      ['the administrator who made it', admin, undefined, bob.id],
      ['nobody, when the command line made it', 'operator', undefined, null],
      ['nobody, when an administrator says so', admin, 'nobody', null],
      ['the person an operator names by e-mail address', 'operator', { email: 'ADA@example.com' }, ada.id],
      ['the person an administrator names by id', admin, { id: ada.id }, ada.id],
    ] as const)('%s', async (_, actor, owner, ownerId) => {
      const { client } = await createClient.execute({ actor, settings: { name: 'App', redirectUris }, owner });
      expect((await storage.clients.find(client.id))?.ownerId).toBe(ownerId);
      expect(client.secrets[0]?.createdBy).toBe(actor === 'operator' ? null : actor.id);
    });

    it.each([
      ['nobody', 'nobody'],
      ['somebody else', { id: bob.id }],
      ['themself by name', { id: ada.id }],
    ] as const)('refuses a person who names %s', async (_, owner) => {
      expect(await problemsOf(createClient.execute({ actor: person, settings: { name: 'App', redirectUris }, owner }))).toEqual(['owner']);
    });

    it('refuses an owner who does not exist', async () => {
      expect(
        await problemsOf(createClient.execute({ actor: 'operator', settings: { name: 'App', redirectUris }, owner: { email: 'eve@example.com' } })),
      ).toEqual(['owner']);
    });

    it('lets only the house skip the consent', async () => {
      const settings: ChosenSettings = { name: 'App', redirectUris, consent: 'skip' };
      expect(await problemsOf(create(settings, person))).toEqual(['consent']);
      expect((await create(settings, admin)).client.consent).toBe('skip');
      expect((await create(settings, 'operator')).client.consent).toBe('skip');
    });
  });
});
