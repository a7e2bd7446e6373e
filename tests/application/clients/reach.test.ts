import { beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/application/clients/actor.js';
import { AddSecret } from '../../../src/application/clients/add-secret.js';
import { DeleteClient } from '../../../src/application/clients/delete-client.js';
import { EditClient } from '../../../src/application/clients/edit-client.js';
import { ListClients } from '../../../src/application/clients/list-clients.js';
import { RemoveSecret } from '../../../src/application/clients/remove-secret.js';
import { SetClientDisabled } from '../../../src/application/clients/set-client-disabled.js';
import { ShowClient } from '../../../src/application/clients/show-client.js';
import type { Storage } from '../../../src/application/ports/storage.js';
import { NotFound } from '../../../src/domain/errors.js';
import { createMemoryStorage } from '../../../src/infrastructure/memory/create-memory-storage.js';
import { someClient, someClock, someScopes, someUser } from '../some.js';

const ada = someUser();
const person: Actor = { id: ada.id, admin: false };
const admin: Actor = { id: 'root', admin: true };

const [own, others, nobodys] = [
  someClient({ ownerId: ada.id, createdAt: new Date('2030-01-01') }),
  someClient({ ownerId: 'bob', createdAt: new Date('2030-01-02') }),
  someClient({ ownerId: null, createdAt: new Date('2030-01-03') }),
];

/** Every use case that takes a client's id. */
const useCases: readonly (readonly [name: string, run: (storage: Storage, actor: Actor, clientId: string) => Promise<unknown>])[] = [
  ['ShowClient', ({ clients }, actor, clientId) => new ShowClient(clients).execute({ actor, clientId })],
  ['EditClient', ({ clients }, actor, clientId) => new EditClient(clients, someScopes()).execute({ actor, clientId, changes: { name: 'Edited' } })],
  [
    'SetClientDisabled',
    ({ clients, users }, actor, clientId) => new SetClientDisabled(clients, users, someClock()).execute({ actor, clientId, disabled: true }),
  ],
  ['AddSecret', ({ clients }, actor, clientId) => new AddSecret(clients, someClock()).execute({ actor, clientId })],
  ['RemoveSecret', ({ clients }, actor, clientId) => new RemoveSecret(clients).execute({ actor, clientId, secretId: `secret-${clientId}` })],
  ['DeleteClient', ({ clients }, actor, clientId) => new DeleteClient(clients, someClock()).execute({ actor, clientId })],
];

describe.each(useCases)('%s', (name, run) => {
  let storage: Storage;

  beforeEach(async () => {
    storage = createMemoryStorage();
    for (const client of [own, others, nobodys]) {
      await storage.clients.add(client);
      await storage.clients.addSecret({
        id: `secret-${client.id}`,
        clientId: client.id,
        label: 'a',
        digest: new Uint8Array(32),
        lastFour: 'abcd',
        createdAt: new Date(),
        createdBy: null,
        lastUsed: null,
        expiresAt: null,
      });
    }
  });

  it.each([
    ["an administrator somebody's client", admin, others],
    ["an administrator nobody's client", admin, nobodys],
    ["the operator somebody's client", 'operator', others],
    ["the operator nobody's client", 'operator', nobodys],
    ['a person their own client', person, own],
  ] as const)('lets %s', async (_, actor, client) => {
    const before = await storage.clients.find(client.id);
    await run(storage, actor, client.id);
    if (name !== 'ShowClient') expect(await storage.clients.find(client.id)).not.toEqual(before);
  });

  it.each([
    ["somebody else's", others],
    ["nobody's", nobodys],
  ] as const)('answers the same for %s client as for none, and changes nothing', async (_, client) => {
    const before = await storage.clients.find(client.id);
    const none = await run(storage, person, 'nothing').catch((error: unknown) => error);
    await expect(run(storage, person, client.id)).rejects.toEqual(none);
    expect(none).toBeInstanceOf(NotFound);
    expect(await storage.clients.find(client.id)).toEqual(before);
  });
});

describe('ListClients', () => {
  let listClients: ListClients;
  const idsFor = async (actor: Actor, owner?: { id: string } | { email: string }) =>
    (await listClients.execute({ actor, owner, page: { limit: 10 } })).items.map((client) => client.id);

  beforeEach(async () => {
    const storage = createMemoryStorage();
    await storage.users.add(ada);
    for (const client of [own, others, nobodys]) await storage.clients.add(client);
    listClients = new ListClients(storage.clients, storage.users);
  });

  it('shows a person their own, whoever they ask for', async () => {
    expect(await idsFor(person)).toEqual([own.id]);
    expect(await idsFor(person, { id: 'bob' })).toEqual([own.id]);
  });

  it('shows operators and administrators all, newest first, or those of one person', async () => {
    expect(await idsFor('operator')).toEqual([nobodys.id, others.id, own.id]);
    expect(await idsFor(admin)).toEqual([nobodys.id, others.id, own.id]);
    expect(await idsFor(admin, { email: 'Ada@example.com' })).toEqual([own.id]);
    await expect(idsFor('operator', { email: 'eve@example.com' })).rejects.toThrow(NotFound);
  });

  it('goes on where a page ended', async () => {
    const first = await listClients.execute({ actor: 'operator', page: { limit: 2 } });
    const second = await listClients.execute({ actor: 'operator', page: { limit: 2, after: first.next ?? '' } });
    expect([...first.items, ...second.items].map((client) => client.id)).toEqual([nobodys.id, others.id, own.id]);
    expect(second.next).toBeNull();
  });
});
