import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeEach, expect, it, vi } from 'vitest';
import { now, someClient, someSecret } from '../../src/adapter-kit/fixtures.js';
import { NoticeBoard } from '../../src/application/ports/notice-board.js';
import type { Client } from '../../src/domain/clients/client.js';
import { ClientCache } from '../../src/infrastructure/client-cache.js';
import { createMemoryStorage } from '../../src/infrastructure/memory/create-memory-storage.js';

let stored: ReturnType<typeof createMemoryStorage>['clients'];
let board: NoticeBoard;
let cache: ClientCache;
let client: Client;
let reads: ReturnType<typeof vi.spyOn>;

beforeEach(async () => {
  stored = createMemoryStorage().clients;
  client = someClient();
  await stored.add(client);
  reads = vi.spyOn(stored, 'find');
  board = new NoticeBoard(true);
  cache = new ClientCache(stored, board);
});

it('asks the store once for many who want the same client', async () => {
  await Promise.all(Array.from({ length: 20 }, () => cache.recent.find(client.id)));
  expect(await cache.recent.find(client.id)).toEqual(client);
  expect(reads).toHaveBeenCalledTimes(1);
});

it('keeps a client for a second and no longer', async () => {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(5000);
  for (const [moment, count] of [
    [5000, 1],
    [5999, 1],
    [6000, 2],
  ] as const) {
    clock.mockReturnValue(moment);
    await cache.recent.find(client.id);
    expect(reads).toHaveBeenCalledTimes(count);
  }
  clock.mockRestore();
});

it.each(['its own id', ''])('sees a change that another instance made as soon as it is told: %s', async (key) => {
  await cache.recent.find(client.id);
  await stored.setDisabled(client.id, { at: now, by: 'house' });
  board.changed('clients', key === '' ? '' : client.id);
  expect((await cache.recent.find(client.id))?.disabledAt).toEqual(now);
});

it.each<[string, (clients: typeof stored) => Promise<unknown>]>([
  ['disabled', (clients) => clients.setDisabled(client.id, { at: now, by: 'house' })],
  ['edited', (clients) => clients.update({ ...client, name: 'Another' })],
  ['removed', (clients) => clients.remove(client.id, now)],
  ['given a secret', (clients) => clients.addSecret(someSecret(client.id))],
])('sees what this instance changed before the change is answered, told or not: %s', async (_, change) => {
  await cache.recent.find(client.id);
  await change(cache.clients);
  expect(await cache.recent.find(client.id)).toEqual(await stored.find(client.id));
  expect(await cache.recent.find(client.id)).not.toEqual(client);
});

it('does not keep what it began to read before a change was told', async () => {
  let answer = (_: Client | null) => {};
  reads.mockReturnValueOnce(new Promise<Client | null>((resolve) => (answer = resolve)));
  const early = cache.recent.find(client.id);
  await stored.setDisabled(client.id, { at: now, by: 'house' });
  board.changed('clients', client.id);
  answer(client);
  expect((await early)?.disabledAt).toBeNull();
  expect((await cache.recent.find(client.id))?.disabledAt).toEqual(now);
});

it('trusts nothing that it kept while notices are not heard, and begins anew when they are', async () => {
  await cache.recent.find(client.id);
  board.lost(new Error('the line'));
  for (let call = 0; call < 3; call += 1) await cache.recent.find(client.id);
  expect(reads).toHaveBeenCalledTimes(4);
  board.resumed();
  for (let call = 0; call < 3; call += 1) await cache.recent.find(client.id);
  expect(reads).toHaveBeenCalledTimes(5);
});

it('keeps neither a client that is not there nor a failure', async () => {
  for (let call = 0; call < 2; call += 1) expect(await cache.recent.find('nobody')).toBeNull();
  reads.mockRejectedValueOnce(new Error('away'));
  await expect(cache.recent.find(client.id)).rejects.toThrow('away');
  expect(await cache.recent.find(client.id)).toEqual(client);
  expect(reads).toHaveBeenCalledTimes(4);
});

it('lets go of a client that nobody asked for within a second, when another is asked for', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const clock = vi.spyOn(performance, 'now').mockReturnValue(5000);
  const [another, busy] = [someClient(), someClient()];
  for (const one of [another, busy]) await stored.add(one);
  const idle = new WeakRef((await cache.recent.find(client.id)) ?? client);
  clock.mockReturnValue(5500);
  const kept = new WeakRef((await cache.recent.find(busy.id)) ?? busy);
  clock.mockReturnValue(6000);
  await cache.recent.find(another.id);
  reads.mockClear();
  await vi.waitFor(() => {
    collect();
    expect(idle.deref() === undefined).toBe(true);
  });
  expect(kept.deref()?.id).toBe(busy.id);
  clock.mockRestore();
});
