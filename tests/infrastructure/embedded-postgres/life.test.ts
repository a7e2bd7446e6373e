import { chmod, readdir } from 'node:fs/promises';
import { describe, expect, test, vi } from 'vitest';
import { DataFolder, note, noted, query, until } from './data-folder.js';

const data = new DataFolder();

describe('the embedded PostgreSQL', () => {
  test.each([
    ['that only its owner can enter', 0o700],
    ['that everybody can enter', 0o755],
  ])('is made on the first start and keeps its data and its address, below a folder %s', async (_, mode) => {
    await chmod(data.around, mode);
    const first = await data.start();
    await note(first.url);
    await first.stop();
    expect(await data.postmaster()).toBeNull();

    const second = await data.start();
    expect(second.url).toBe(first.url);
    expect(await noted(second.url)).toEqual([{ answer: 42 }]);
    await second.stop();
  });

  test('lets nobody in without its password, which only its owner can read', async () => {
    const { url, stop } = await data.start();
    await expect(query(url.replace(/:[^:@]+@/, ':guess@'), 'SELECT 1')).rejects.toThrow('password authentication failed');
    await stop();
  });

  test('survives kill -9 of the process that started it: the next one finds it running', async () => {
    await data.usedBefore();
    const first = await data.user();
    await first.killHard();

    const second = await data.user();
    expect(second.started).toBe(false);
    expect(await noted(second.url)).toEqual([{ answer: 42 }]);
    await second.leave();
    expect(await data.postmaster()).toBeNull();
  });

  test('survives kill -9 of everything', async () => {
    await data.usedBefore();
    const first = await data.user();
    await first.killHard();
    await data.killPostgres();

    const second = await data.user();
    expect(second.started).toBe(true);
    expect(await noted(second.url)).toEqual([{ answer: 42 }]);
  });

  test('is made once when two processes start for the first time at the same moment', async () => {
    const both = await Promise.all([data.user(), data.user()]);
    expect(both.map(({ started }) => started).sort()).toEqual([false, true]);
    expect(both[0].url).toBe(both[1].url);
    expect((await readdir(data.path)).sort()).toEqual(process.platform === 'linux' ? ['postgres', 'postgres-lib'] : ['postgres']);
  });

  test('is left running by the one that started it while another uses it, and stopped by the last', async () => {
    await data.usedBefore();
    const first = await data.user();
    const second = await data.user();
    expect(second.started).toBe(false);
    await first.leave();
    expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await second.leave();
    expect(await data.postmaster()).toBeNull();
  });

  test('is stopped when all leave at the same moment', async () => {
    await data.usedBefore();
    const all = await Promise.all([data.user(), data.user(), data.user()]);
    await Promise.all(all.map((one) => one.leave()));
    expect(await data.postmaster()).toBeNull();
  });

  test('does not hear the Ctrl-C of the terminal', async () => {
    await data.usedBefore();
    const first = await data.user();
    const before = await data.postmaster();
    first.interruptGroup();
    expect(await query(first.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await data.postmaster()).toEqual(before);
    await first.leave();
  });

  test('comes back on the same address when it dies under a running process', async () => {
    await data.usedBefore();
    const log = vi.fn();
    const database = await data.start(log);
    await data.killPostgres();
    await until(async () => (await data.postmaster())?.ready === true);
    expect(await noted(database.url)).toEqual([{ answer: 42 }]);
    expect(log).toHaveBeenCalledWith(expect.stringContaining('closed its connections; joining it again'));
    await database.stop();
    expect(await data.postmaster()).toBeNull();
  });
});
