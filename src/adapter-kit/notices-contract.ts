import type { NoticeKind, NoticeListener } from '../application/ports/change-notices.js';
import type { Storage } from '../application/ports/storage.js';
import type { Client } from '../domain/clients/client.js';
import type { ResourceServer } from '../domain/resources/resource-server.js';
import { eventually } from './eventually.js';
import { expect } from './expect.js';
import { plus, someClient, someResourceServer, someResourceServerSecret, someSecret } from './fixtures.js';
import { givenClient } from './given.js';
import { afterEach, it } from './runner.js';

export function noticesContract(store: () => Storage): void {
  const ends: (() => void)[] = [];
  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });

  /** A subscriber that hears, and what it was told. */
  async function hearing(kind: NoticeKind, more: Partial<NoticeListener> = {}) {
    const changed: string[] = [];
    let resumed = false;
    const end = store().notices.subscribe(kind, {
      changed: (key) => changed.push(key),
      lost: (cause) => {
        throw new Error('nothing was lost', { cause });
      },
      resumed: () => {
        resumed = true;
      },
      ...more,
    });
    ends.push(end);
    await eventually('the subscriber hears', () => resumed);
    return { changed, end };
  }
  /** An empty key means that it may be any. */
  const heard = (changed: readonly string[], key: string) =>
    eventually(`the notice of a change, with the key ${key}`, () => changed.includes(key) || changed.includes(''));

  /** Resolves when everything that was changed before it is heard: notices keep the order of their commits. */
  async function settled(): Promise<void> {
    const { changed, end } = await hearing('clients');
    const marker = await givenClient(store());
    await heard(changed, marker.id);
    end();
  }

  // What is there before each step, so that none leans on the one before it.
  const ofClient: [string, Partial<Client> | null, (client: Client) => Promise<unknown>][] = [
    ['added', null, (client) => store().clients.add(client)],
    ['edited', {}, (client) => store().clients.update({ ...client, name: 'Another name' })],
    ['given a secret', {}, ({ id }) => store().clients.addSecret(someSecret(id))],
    ['disabled', {}, ({ id }) => store().clients.setDisabled(id, { at: plus(1), by: 'house' })],
    ['disabled once more', { disabledAt: plus(1), disabledBy: 'owner' }, ({ id }) => store().clients.setDisabled(id, { at: plus(2), by: 'house' })],
    ['enabled', { disabledAt: plus(1), disabledBy: 'house' }, ({ id }) => store().clients.setDisabled(id, null)],
    ['robbed of a secret', {}, ({ id, secrets }) => store().clients.removeSecret(id, secrets[0]?.id ?? '')],
    ['robbed of all that it obtained for itself', {}, ({ id }) => store().clients.revokeOwnTokens(id, plus(1))],
    ['removed', {}, ({ id }) => store().clients.remove(id, plus(2))],
  ];

  it.each(ofClient)('tells every subscriber that a client was %s', async (_, before, change) => {
    const { id } = someClient();
    const client = someClient({ id, secrets: [someSecret(id)], ...before });
    if (before) await store().clients.add(client);
    await settled();
    const [one, other] = [await hearing('clients'), await hearing('clients')];
    await change(client);
    await heard(one.changed, client.id);
    await heard(other.changed, client.id);
    expect([...one.changed, ...other.changed].filter((key) => key !== client.id && key !== '')).toEqual([]);
  });

  const ofServer: [string, boolean, (server: ResourceServer) => Promise<unknown>][] = [
    ['registered', false, (server) => store().resourceServers.add(server)],
    ['edited', true, (server) => store().resourceServers.update({ ...server, scopes: [{ name: `new ${server.id}`, sentence: 'Do what is new' }] })],
    ['given a secret', true, ({ id }) => store().resourceServers.addSecret(someResourceServerSecret(id))],
    ['robbed of a secret', true, ({ id, secrets }) => store().resourceServers.removeSecret(id, secrets[0]?.id ?? '')],
    ['removed', true, ({ id }) => store().resourceServers.remove(id)],
  ];

  it.each(ofServer)('tells that a resource server was %s', async (_, there, change) => {
    const { id } = someResourceServer();
    const server = someResourceServer({ id, secrets: [someResourceServerSecret(id)] });
    if (there) await store().resourceServers.add(server);
    await settled();
    const { changed } = await hearing('resource_servers');
    await change(server);
    await heard(changed, server.id);
    expect(changed.filter((key) => key !== server.id && key !== '')).toEqual([]);
  });

  it('tells nothing of a resource server that did not change, or of the use of its secret', async () => {
    const used = someResourceServer();
    const its = someResourceServerSecret(used.id);
    await store().resourceServers.add({ ...used, secrets: [its] });
    await settled();
    const { changed } = await hearing('resource_servers');
    await store().usage.record({ secrets: [{ secretId: its.id, at: plus(1), from: '192.0.2.1' }], grants: [] });
    await store().resourceServers.update({ ...used, version: 9 });
    await store().resourceServers.removeSecret(used.id, someResourceServerSecret(used.id).id);
    await settled();
    expect(changed).toEqual([]);
  });

  it('tells nothing of what changed nothing', async () => {
    const { changed } = await hearing('clients');
    const nobody = someClient();
    await store().clients.update(nobody);
    await store().clients.setDisabled(nobody.id, null);
    await store().clients.remove(nobody.id, plus(1));
    await store().clients.revokeOwnTokens(nobody.id, plus(1));
    await store().clients.addSecret(someSecret(nobody.id));
    await settled();
    expect(changed).not.toContain(nobody.id);
  });

  it('tells nothing of the use of a secret, which is noted all the time', async () => {
    const used = someClient();
    const its = someSecret(used.id);
    await store().clients.add({ ...used, secrets: [its] });
    await settled();
    const { changed } = await hearing('clients');
    await store().usage.record({ secrets: [{ secretId: its.id, at: plus(1), from: '192.0.2.1' }], grants: [] });
    await settled();
    expect(changed).not.toContain(used.id);
  });

  it('tells of one kind only those who asked for it, and nobody who has left', async () => {
    const revocations = await hearing('revocations');
    const { changed, end } = await hearing('clients');
    end();
    await store().clients.add(someClient());
    await settled();
    expect([...changed, ...revocations.changed]).toEqual([]);
  });

  it('tells the same listener twice when it subscribed twice, and once when it left once', async () => {
    const told: string[] = [];
    const more = { changed: (key: string) => void told.push(key) };
    const [{ end }] = [await hearing('clients', more), await hearing('clients', more)];
    const [first, second] = [someClient(), someClient()];
    await store().clients.add(first);
    await settled();
    expect(told.filter((key) => key === first.id)).toHaveLength(2);
    end();
    await store().clients.add(second);
    await settled();
    expect(told.filter((key) => key === second.id)).toHaveLength(1);
  });

  it('names a client whose id is as long as the specification lets it be, or says that it may be any', async () => {
    const { changed } = await hearing('clients');
    const long = someClient({ id: 'x'.repeat(2000) });
    await store().clients.add(long);
    await settled();
    expect(changed.some((key) => key === long.id || key === '')).toBe(true);
  });
}
