import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ModuleError } from '../../src/infrastructure/load-module.js';
import { openStorage } from '../../src/infrastructure/open-storage.js';
import { ownProject } from '../adapter-kit/own-project.js';

const around = { redisUrl: '', redisPrefix: '', databaseUrl: null, databaseDirectUrl: null, databasePooled: false, databasePoolSize: 1, dataDir: '/nowhere' };

/** Opens the store of a module with this text. */
async function opened(text: string) {
  const folder = await ownProject({ 'storage.js': text });
  return openStorage({ ...around, storage: `/${join(folder, 'storage.js').slice(1)}` });
}

const memory = `import { createMemoryStorage } from 'keywright/memory-storage';`;

test('a module of a team’s own makes the store, from its surroundings, and closes it', async () => {
  const { storage, close } = await opened(`${memory}
    import { StorageUnavailable } from 'keywright/storage';
    export function createStorage({ env, dataDir }) {
      const ping = async () => { throw new StorageUnavailable(new Error(dataDir + typeof env.PATH)); };
      return { ...createMemoryStorage(), ping };
    }`);
  await expect(storage.ping()).rejects.toMatchObject({ name: 'StorageUnavailable', cause: { message: '/nowherestring' } });
  expect(await storage.clients.find('nobody')).toBeNull();
  await close();
});

test.each([
  ['export const somethingElse = 1;', /storage\.js must export a function called createStorage$/],
  ['export const createStorage = (', /storage\.js cannot be loaded: /],
  ['export const createStorage = () => undefined;', /is no store: it has no clients\.add, clients\.find, /],
  [`${memory} export const createStorage = () => ({ ...createMemoryStorage(), grants: {}, expirables: null });`, /it has no grants\.add, .*, expirables$/],
  ["export const createStorage = async () => { throw new Error('SQLITE_PATH must be set'); };", /createStorage of STORAGE .* failed: SQLITE_PATH must be set$/],
])('says what is wrong with a module: %s', async (text, message) => {
  const failure = await opened(text).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ModuleError);
  expect((failure as Error).message).toMatch(message);
});

test('closes a store that it refuses, and waits for that no longer than a moment', async () => {
  const lacking = (close: string) => `${memory}
    export const closed = globalThis.closedStores ??= [];
    export const createStorage = () => ({ ...createMemoryStorage(), grants: {}, close: ${close} });`;
  await expect(opened(lacking("async () => { closed.push('closed'); throw new Error('half closed'); }"))).rejects.toThrow(/it has no grants\.add/);
  expect(Reflect.get(globalThis, 'closedStores')).toEqual(['closed']);
  await expect(opened(lacking('() => new Promise(() => {})'))).rejects.toThrow(/it has no grants\.add/);
});

test('says that there is no such module', async () => {
  await expect(openStorage({ ...around, storage: './no-such.js' })).rejects.toThrow(/^STORAGE names \.\/no-such\.js, but there is no \/.*no-such\.js$/);
});
