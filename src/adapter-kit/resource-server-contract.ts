import { randomUUID } from 'node:crypto';
import type { Storage } from '../application/ports/storage.js';
import type { ResourceServer } from '../domain/resources/resource-server.js';
import { expect } from './expect.js';
import { farthest, newBytes, plus, someResourceServer, someResourceServerSecret, strangeKeys, trickyTexts } from './fixtures.js';
import { atOnce, tally, tenTimes } from './races.js';
import { describe, it } from './runner.js';

const fields: [string, Partial<ResourceServer>][] = [
  ['the least', {}],
  [
    'everything chosen',
    {
      identifier: 'https://api.example/b?x=1&y=%20',
      scopes: [
        { name: 'invoices:write', sentence: 'Write invoices' },
        { name: 'invoices:read', sentence: 'See invoices' },
      ],
      tokenFormat: 'jwt',
      signingAlgorithm: 'RS256',
    },
  ],
  ['awkward texts', { name: trickyTexts.join(' '), scopes: trickyTexts.map((text) => ({ name: text, sentence: text })) }],
  ['the longest values', { name: '𝒜'.repeat(100), identifier: `https://api.example/${'x'.repeat(1980)}` }],
  ['the year 9999', { createdAt: farthest }],
];

export function resourceServerContract(store: () => Storage): void {
  async function given(some: Partial<ResourceServer> = {}): Promise<ResourceServer> {
    const server = someResourceServer(some);
    expect(await store().resourceServers.add(server)).toBe('added');
    return server;
  }
  const scope = (name: string) => ({ name, sentence: `Do ${name}` });

  it.each(fields)('keeps every field of one with %s', async (_, some) => {
    const server = await given(some);
    expect(await store().resourceServers.find(server.id)).toEqual(server);
    expect(await store().resourceServers.all()).toEqual([server]);
  });

  it('keeps one with its secrets, every field of them, the oldest first', async () => {
    const { id } = someResourceServer();
    const secrets = [
      someResourceServerSecret(id, { createdBy: randomUUID(), expiresAt: farthest }),
      someResourceServerSecret(id, { createdAt: plus(1), label: trickyTexts.join(' '), lastUsed: { at: plus(2), from: '192.0.2.1' } }),
    ];
    const server = await given({ id, secrets: [...secrets].reverse() });
    expect(await store().resourceServers.find(id)).toEqual({ ...server, secrets });
    expect(await store().resourceServers.all()).toEqual([{ ...server, secrets }]);
  });

  it('lists all of them, the oldest first', async () => {
    const [third, first, second] = [await given({ createdAt: plus(3) }), await given({ createdAt: plus(1) }), await given({ createdAt: plus(2) })];
    expect(await store().resourceServers.all()).toEqual([first, second, third]);
  });

  it.each([
    ['the same', 'https://api.example/a', 'https://api.example/a'],
    ['the same with a trailing slash', 'https://api.example', 'https://api.example/'],
    ['the same without one', 'https://api.example/', 'https://api.example'],
  ])('keeps nothing of one whose identifier is %s', async (_, identifier, same) => {
    const known = await given({ identifier });
    expect(await store().resourceServers.add(someResourceServer({ identifier: same, scopes: [scope('new')] }))).toBe('identifier_taken');
    expect(await store().resourceServers.all()).toEqual([known]);
    await given({ scopes: [scope('new')] });
  });

  it('keeps nothing of one whose scope another has', async () => {
    const known = await given({ scopes: [scope('read'), scope('write')] });
    expect(await store().resourceServers.add(someResourceServer({ scopes: [scope('new'), scope('write')] }))).toBe('scope_taken');
    expect(await store().resourceServers.all()).toEqual([known]);
    await given({ scopes: [scope('new')] });
  });

  it('refuses a second one of the same id, and keeps the first as it is', async () => {
    const known = await given();
    await expect(store().resourceServers.add(someResourceServer({ id: known.id }))).rejects.toThrow();
    expect(await store().resourceServers.find(known.id)).toEqual(known);
  });

  it('gives an identifier and a scope to one alone of ten that come at once', () =>
    tenTimes(async () => {
      const [identifier, name] = [`https://${randomUUID()}.example`, randomUUID()];
      const byIdentifier = await atOnce(10, () => store().resourceServers.add(someResourceServer({ identifier })));
      expect(tally(byIdentifier)).toEqual({ added: 1, identifier_taken: 9 });
      const byScope = await atOnce(10, () => store().resourceServers.add(someResourceServer({ scopes: [scope(name)] })));
      expect(tally(byScope)).toEqual({ added: 1, scope_taken: 9 });
    }));

  it.each(fields)('overwrites the settings of one with %s, and nothing else of it', async (_, some) => {
    const { id } = someResourceServer();
    const server = await given({ id, scopes: [scope('old'), scope('older')], secrets: [someResourceServerSecret(id)] });
    const { identifier, createdAt, version, ...settings } = someResourceServer({ ...some, id });
    expect(await store().resourceServers.update({ ...settings, identifier: 'https://other.example', createdAt: plus(9), version })).toBe('updated');
    expect(await store().resourceServers.find(id)).toEqual({
      ...settings,
      identifier: server.identifier,
      createdAt: server.createdAt,
      version: 2,
      secrets: server.secrets,
    });
  });

  it('keeps the version it is given, and refuses an edit of any other', async () => {
    const server = await given({ version: 7, scopes: [scope('a')] });
    for (const version of [1, 6, 8]) expect(await store().resourceServers.update({ ...server, name: 'Renamed', scopes: [], version })).toBe('outdated');
    expect(await store().resourceServers.find(server.id)).toEqual(server);
    expect(await store().resourceServers.all()).toEqual([server]);
  });

  it('takes exactly one of 20 edits at once that read the same', () =>
    tenTimes(async () => {
      const server = await given();
      const scopes = Array.from({ length: 20 }, () => [scope(randomUUID())]);
      const outcomes = await atOnce(20, (index) => store().resourceServers.update({ ...server, name: `Edit ${index}`, scopes: scopes[index] ?? [] }));
      expect(tally(outcomes)).toEqual({ updated: 1, outdated: 19 });
      const done = outcomes.indexOf('updated');
      expect(await store().resourceServers.find(server.id)).toEqual({ ...server, name: `Edit ${done}`, scopes: scopes[done], version: 2 });
    }));

  it('changes nothing where a scope is one of another', async () => {
    const [one, other] = [await given({ scopes: [scope('a')] }), await given({ scopes: [scope('b')] })];
    expect(await store().resourceServers.update({ ...one, name: 'Renamed', scopes: [scope('b')] })).toBe('scope_taken');
    expect(await store().resourceServers.find(one.id)).toEqual(one);
    expect(await store().resourceServers.update({ ...other, scopes: [] })).toBe('updated');
    expect(await store().resourceServers.update({ ...one, scopes: [scope('b'), scope('a')] })).toBe('updated');
  });

  it('removes one with its scopes and secrets, and frees its identifier', async () => {
    const { id } = someResourceServer();
    const server = await given({ id, scopes: [scope('a')], secrets: [someResourceServerSecret(id)] });
    expect(await store().resourceServers.remove(id)).toBe(true);
    expect(await store().resourceServers.remove(id)).toBe(false);
    expect(await store().resourceServers.find(id)).toBeNull();
    await given(server);
  });

  it('finds and changes nothing under any other key', async () => {
    const { id } = someResourceServer();
    const server = await given({ id, secrets: [someResourceServerSecret(id)] });
    for (const key of [someResourceServer().id, ...strangeKeys]) {
      expect(await store().resourceServers.find(key), `id ${key}`).toBeNull();
      expect(await store().resourceServers.update({ ...server, id: key, name: 'Renamed' }), `id ${key}`).toBe('unknown');
      expect(await store().resourceServers.remove(key), `id ${key}`).toBe(false);
      expect(await store().resourceServers.addSecret(someResourceServerSecret(key)), `id ${key}`).toBe('unknown');
      expect(await store().resourceServers.removeSecret(key, server.secrets[0]?.id ?? ''), `id ${key}`).toBe(false);
      expect(await store().resourceServers.removeSecret(id, key), `secret ${key}`).toBe(false);
    }
    expect(await store().resourceServers.all()).toEqual([server]);
  });

  describe('secrets', () => {
    it('come and go one by one; the others are untouched', async () => {
      const [server, other] = [await given(), await given()];
      const [first, second] = [someResourceServerSecret(server.id), someResourceServerSecret(server.id, { createdAt: plus(1), digest: newBytes() })];
      const foreign = someResourceServerSecret(other.id);
      for (const secret of [second, first, foreign]) expect(await store().resourceServers.addSecret(secret)).toBe('added');
      expect((await store().resourceServers.find(server.id))?.secrets).toEqual([first, second]);
      expect(await store().resourceServers.removeSecret(server.id, foreign.id)).toBe(false);
      expect(await store().resourceServers.removeSecret(server.id, first.id)).toBe(true);
      expect(await store().resourceServers.removeSecret(server.id, first.id)).toBe(false);
      expect((await store().resourceServers.find(server.id))?.secrets).toEqual([second]);
    });

    it('are never more than 20, however many are added at once', () =>
      tenTimes(async () => {
        const server = await given();
        for (let index = 0; index < 15; index += 1) await store().resourceServers.addSecret(someResourceServerSecret(server.id));
        expect(tally(await atOnce(12, () => store().resourceServers.addSecret(someResourceServerSecret(server.id))))).toEqual({ added: 5, full: 7 });
        expect((await store().resourceServers.find(server.id))?.secrets).toHaveLength(20);
      }));

    it('are noted when they are used, like those of clients', async () => {
      const server = await given();
      const [used, unused] = [someResourceServerSecret(server.id), someResourceServerSecret(server.id, { createdAt: plus(1) })];
      for (const secret of [used, unused]) await store().resourceServers.addSecret(secret);
      await store().usage.record({ secrets: [{ secretId: used.id, at: plus(5), from: '192.0.2.7' }], grants: [] });
      await store().usage.record({ secrets: [{ secretId: used.id, at: plus(4), from: null }], grants: [] });
      const secrets = [{ ...used, lastUsed: { at: plus(5), from: '192.0.2.7' } }, unused];
      expect((await store().resourceServers.find(server.id))?.secrets).toEqual(secrets);
    });
  });
}
