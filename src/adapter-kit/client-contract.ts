import { randomUUID } from 'node:crypto';
import type { Storage } from '../application/ports/storage.js';
import type { Client } from '../domain/clients/client.js';
import { clientDisablingContract } from './client-disabling-contract.js';
import { clientSecretContract } from './client-secret-contract.js';
import { expect } from './expect.js';
import { farthest, newBytes, plus, someClient, someSecret, strangeKeys, trickyTexts } from './fixtures.js';
import { givenClient, givenUser } from './given.js';
import { atOnce, tally, tenTimes } from './races.js';
import { it } from './runner.js';

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
  const given = (some: Partial<Client> = {}) => givenClient(store(), some);

  it.each(fields)('keeps every field of a client with %s', async (_, some) => {
    const client = await given(some);
    expect(await store().clients.find(client.id)).toEqual(client);
  });

  it.each(['owner', 'house', 'with_owner'] as const)('keeps a client that is disabled from the first, by the %s', async (disabledBy) => {
    const client = await given({ disabledAt: farthest, disabledBy });
    expect(await store().clients.find(client.id)).toEqual(client);
  });

  it('keeps every field of a client of which all that it obtained for itself was ended before it came here', async () => {
    const client = await given({ ownTokensRevokedAt: farthest });
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
    expect(await store().clients.add(someClient({ id: client.id, secrets: [secret] }))).toBe('taken');
    expect(await store().clients.find(client.id)).toEqual(client);
    expect(await store().clients.addSecret(secret)).toBe('added');
  });

  it('keeps whose a client is', async () => {
    const owner = await givenUser(store());
    const client = await given({ ownerId: owner.id });
    expect(await store().clients.find(client.id)).toEqual(client);
  });

  it('refuses a second client of the same id, and keeps the first as it is', async () => {
    const client = await given();
    expect(await store().clients.add(someClient({ id: client.id, name: 'Impostor' }))).toBe('taken');
    expect(await store().clients.find(client.id)).toEqual(client);
  });

  it('keeps the id of a removed client taken', async () => {
    const client = await given();
    await store().clients.remove(client.id, plus(1));
    expect(await store().clients.add(someClient({ id: client.id }))).toBe('taken');
    expect(await store().clients.find(client.id)).toBeNull();
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

  it('overwrites neither whose a client is, nor since when, nor its secrets', async () => {
    const owner = await givenUser(store());
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

  clientDisablingContract(store);
  clientSecretContract(store);
}

function longUris(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `https://client.example/${index}/`.padEnd(2000, 'x'));
}
