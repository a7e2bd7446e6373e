import { randomUUID } from 'node:crypto';
import type { Storage } from '../application/ports/storage.js';
import type { Client } from '../domain/clients/client.js';
import { expect } from './expect.js';
import { farthest, newBytes, plus, someClient, someSecret, someUser, strangeKeys, trickyTexts } from './fixtures.js';
import { atOnce, tally, tenTimes } from './races.js';
import { describe, it } from './runner.js';

const fields: [string, Partial<Client>][] = [
  ['the least', { redirectUris: [], grantTypes: [], scopes: [], optionalScopes: [] }],
  [
    'everything chosen',
    {
      description: 'Books rooms',
      homepageUri: 'https://client.example/',
      logoUri: 'https://client.example/logo.svg',
      type: 'public',
      redirectUris: ['https://client.example/b?x=1&y=%20', 'http://127.0.0.1/a', 'com.example.app:/callback'],
      grantTypes: ['client_credentials', 'authorization_code', 'refresh_token'],
      scopes: ['profile', 'default', 'email'],
      optionalScopes: ['email'],
      pkce: 'optional',
      refresh: 'keep',
      consent: 'skip',
      accessTokenFormat: 'jwt',
      accessTokenLifetime: 60,
      refreshTokenIdleLifetime: 3600,
      refreshTokenAbsoluteLifetime: 315_360_000,
    },
  ],
  ['the longest values', { name: '𝒜'.repeat(100), description: '𝒜'.repeat(1000), redirectUris: longUris(50), homepageUri: longUris(1)[0] ?? null }],
  ['awkward texts', { name: trickyTexts.join(' '), description: trickyTexts.join('\n'), scopes: trickyTexts, redirectUris: trickyTexts }],
  ['the year 9999', { createdAt: farthest }],
];

export function clientContract(store: () => Storage): void {
  async function given(some: Partial<Client> = {}): Promise<Client> {
    const client = someClient(some);
    await store().clients.add(client);
    return client;
  }

  it.each(fields)('keeps every field of a client with %s', async (_, some) => {
    const client = await given(some);
    expect(await store().clients.find(client.id)).toEqual(client);
  });

  it.each(['owner', 'house', 'with_owner'] as const)('keeps a client that is disabled from the first, by the %s', async (disabledBy) => {
    const client = await given({ disabledAt: farthest, disabledBy });
    expect(await store().clients.find(client.id)).toEqual(client);
  });

  it('keeps a client with its secrets, every field of them, the oldest first', async () => {
    const { id } = someClient();
    const secrets = [
      someSecret(id, { createdBy: randomUUID(), expiresAt: farthest }),
      someSecret(id, { createdAt: plus(1), label: trickyTexts.join(' '), lastUsed: { at: plus(2), from: '192.0.2.1' } }),
    ];
    await given({ id, secrets: [...secrets].reverse() });
    expect(await store().clients.find(id)).toEqual(someClient({ id, secrets }));
  });

  it('keeps neither a client nor any of its secrets when the id of one is taken', async () => {
    const other = await given();
    const taken = someSecret(other.id);
    await store().clients.addSecret(taken);
    const { id } = someClient();
    const [fresh, twice] = [someSecret(id), someSecret(id)];
    await expect(store().clients.add(someClient({ id, secrets: [fresh, { ...someSecret(id), id: taken.id }] }))).rejects.toThrow();
    await expect(store().clients.add(someClient({ id, secrets: [twice, { ...twice, digest: newBytes() }] }))).rejects.toThrow();
    expect(await store().clients.find(id)).toBeNull();
    expect((await store().clients.find(other.id))?.secrets).toEqual([taken]);
    await given({ id, secrets: [fresh, twice] });
  });

  it('keeps no secret of a client whose own id is taken', async () => {
    const client = await given();
    const secret = someSecret(client.id);
    await expect(store().clients.add(someClient({ id: client.id, secrets: [secret] }))).rejects.toThrow();
    expect(await store().clients.find(client.id)).toEqual(client);
    expect(await store().clients.addSecret(secret)).toBe('added');
  });

  it('keeps whose a client is', async () => {
    const owner = someUser();
    await store().users.add(owner);
    const client = await given({ ownerId: owner.id });
    expect(await store().clients.find(client.id)).toEqual(client);
  });

  it('refuses a second client of the same id, and keeps the first as it is', async () => {
    const client = await given();
    await expect(store().clients.add(someClient({ id: client.id, name: 'Impostor' }))).rejects.toThrow();
    expect(await store().clients.find(client.id)).toEqual(client);
  });

  it.each(fields)('overwrites a client with %s', async (_, some) => {
    const client = await given({ createdAt: plus(-1) });
    const edited = someClient({ ...some, id: client.id, createdAt: client.createdAt });
    expect(await store().clients.update(edited)).toBe('updated');
    expect(await store().clients.find(client.id)).toEqual({ ...edited, version: 2 });
    expect(await store().clients.update({ ...client, version: 2 })).toBe('updated');
    expect(await store().clients.find(client.id)).toEqual({ ...client, version: 3 });
  });

  it('keeps the version it is given, and refuses an edit of any other', async () => {
    const client = await given({ version: 7 });
    for (const version of [1, 6, 8]) expect(await store().clients.update({ ...client, name: 'Renamed', version })).toBe('outdated');
    expect(await store().clients.find(client.id)).toEqual(client);
    const page = await store().clients.list({}, { limit: 100 });
    expect(page.items.find(({ id }) => id === client.id)?.version).toBe(7);
  });

  it('takes exactly one of 20 edits at once that read the same client', () =>
    tenTimes(async () => {
      const client = await given();
      const outcomes = await atOnce(20, (index) => store().clients.update({ ...client, name: `Edit ${index}` }));
      expect(tally(outcomes)).toEqual({ updated: 1, outdated: 19 });
      expect(await store().clients.find(client.id)).toEqual({ ...client, name: `Edit ${outcomes.indexOf('updated')}`, version: 2 });
    }));

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
      const [owner, other] = [someUser(), someUser()];
      for (const user of [owner, other]) await store().users.add(user);
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
      const owner = someUser();
      await store().users.add(owner);
      const client = await given({ ownerId: owner.id });
      await store().clients.disableWithOwner(owner.id, plus(1));
      expect(await store().clients.setDisabled(client.id, null, 'house')).toBe(false);
      expect(await store().clients.setDisabled(client.id, null)).toBe(true);
      expect(await store().clients.find(client.id)).toEqual(client);
    });

    it('touches nothing under any other key, nor a client that was removed', async () => {
      const owner = someUser();
      await store().users.add(owner);
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

  it('overwrites neither whose a client is, nor since when, nor its secrets', async () => {
    const owner = someUser();
    await store().users.add(owner);
    const client = await given({ ownerId: owner.id });
    const secret = someSecret(client.id);
    await store().clients.addSecret(secret);
    const edit = { ...client, name: 'Renamed', ownerId: null, createdAt: plus(999), secrets: [someSecret(client.id)] };
    expect(await store().clients.update(edit)).toBe('updated');
    expect(await store().clients.find(client.id)).toEqual({ ...client, name: 'Renamed', version: 2, secrets: [secret] });
  });

  it('finds and changes nothing under any other key', async () => {
    const client = await given();
    const secret = someSecret(client.id);
    await store().clients.addSecret(secret);
    for (const key of [someClient().id, ...strangeKeys]) {
      expect(await store().clients.find(key), `id ${key}`).toBeNull();
      expect(await store().clients.update({ ...client, id: key, name: 'Renamed' }), `id ${key}`).toBe('unknown');
      expect(await store().clients.setDisabled(key, { at: plus(1), by: 'house' }), `id ${key}`).toBe(false);
      expect(await store().clients.remove(key, plus(1)), `id ${key}`).toBe(false);
      expect(await store().clients.addSecret(someSecret(key)), `id ${key}`).toBe('unknown');
      expect(await store().clients.removeSecret(key, secret.id), `id ${key}`).toBe(false);
      expect(await store().clients.removeSecret(client.id, key), `secret ${key}`).toBe(false);
    }
    expect(await store().clients.find(client.id)).toEqual({ ...client, secrets: [secret] });
  });

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

function longUris(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `https://client.example/${index}/`.padEnd(2000, 'x'));
}
