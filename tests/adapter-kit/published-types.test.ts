import { expect, test } from 'vitest';
import { compiled } from '../support/compiled.js';

test('an adapter of a team’s own, and its test, are checked by the types that come with the package', { timeout: 120_000 }, async () => {
  const said = await compiled(`
    import { describeStorage } from 'keywright/adapter-kit';
    import { createMemoryStorage } from 'keywright/memory-storage';
    import {
      type ArrivingStore, type AuthorizationCodeRepository, type Ending, type LeavingStore, type Storage, type StorageModule,
      consentAfter, endOfToken, firstUuid7, mostSecrets, NoticeBoard, sameResource, StorageUnavailable, StoreMoved,
    } from 'keywright/storage';

    const memory = createMemoryStorage();
    const codes: AuthorizationCodeRepository = {
      add: async ({ digest, expiresAt }) => void (digest.length + expiresAt.getTime()),
      find: async (id) => (id === '' ? null : memory.authorizationCodes.find(id)),
      consume: async ({ refreshToken }) => (refreshToken === null ? 'consumed' : 'replayed'),
    };
    export const createStorage: StorageModule['createStorage'] = async ({ env, dataDir, openPostgres }): Promise<Storage> => {
      if (!env.MY_STORE_URL) throw new StorageUnavailable(new Error(dataDir));
      return { ...(await openPostgres()), authorizationCodes: codes, notices: new NoticeBoard(true) };
    };
    export const stages = async (leaving: LeavingStore, arriving: ArrivingStore): Promise<boolean> => {
      if (await leaving.state().then((state) => state?.stage === 'moved')) throw new StoreMoved();
      return arriving.apply([{ kind: 'users', put: [], remove: [] }]).then((outcome) => outcome === 'overtaken');
    };
    export const values: [number, boolean, typeof consentAfter] = [mostSecrets, sameResource('a', 'b'), consentAfter];
    export const ends: [Ending | null, string] = [endOfToken({ grantId: null, issuedAt: new Date(0) }, null, new Date(0)), firstUuid7(new Date(0))];

    describeStorage('mine', { create: async () => memory, destroy: (storage) => storage.close() });
  `);
  expect(said).toBe('');
});

test('and are told what they got wrong: a verb that is missing, an outcome that there is not, a field that was forgotten', async () => {
  const said = await compiled(`
    import { describeStorage } from 'keywright/adapter-kit';
    import type { Storage, Grant } from 'keywright/storage';
    export const consents: Storage['consents'] = { find: async () => null, give: async () => {} };
    export const consume: Storage['authorizationCodes']['consume'] = async () => 'used';
    export const grant: Grant = { id: '', userId: '', clientId: '', scopes: [], createdAt: new Date(), expiresAt: null, lastUsedAt: null, usedScopes: [] };
    describeStorage('mine', { create: async () => ({}), destroy: async () => {} });
  `);
  expect(said).toMatch(/service\.ts\(4,[^\n]*\bforget\b/);
  expect(said).toMatch(/service\.ts\(5,.*"used"/s);
  expect(said).toMatch(/service\.ts\(6,[^\n]*\brevoked\b/);
  expect(said).toMatch(/service\.ts\(7,.*'\{\}' is (missing|not assignable)/s);
});
