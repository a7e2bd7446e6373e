import { expect, test } from 'vitest';
import { collected } from '../../src/adapter-kit/collected.js';
import { guaranteeTable } from '../../src/adapter-kit/guarantee-table.js';
import { notExamined } from '../../src/adapter-kit/not-examined.js';
import { noNotes, noting, type RuleResult } from '../../src/adapter-kit/noting.js';
import { describe } from '../../src/adapter-kit/runner.js';
import { describeGuarantees } from '../../src/adapter-kit/storage-contract.js';
import type { StorageHarness } from '../../src/adapter-kit/storage-harness.js';
import type { Storage } from '../../src/application/ports/storage.js';
import { StorageUnavailable } from '../../src/application/ports/storage-unavailable.js';
import { createMemoryStorage } from '../../src/infrastructure/memory/create-memory-storage.js';
import { type FlakyStorage, flakyStorage } from '../support/flaky-storage.js';
import { wrong } from './faults/fault.js';

/** The rules of one port, run on a store of one make. */
async function rulesOf(group: string, create: () => Storage, more: Partial<StorageHarness> = {}): Promise<readonly RuleResult[]> {
  const results = await collected(() => describeGuarantees({ create: async () => create(), destroy: (storage) => storage.close(), ...more }), { group });
  expect(results.length).toBeGreaterThan(0);
  return results;
}

const broken = (results: readonly RuleResult[]) => results.filter(({ held }) => !held);
const tableOf = (results: readonly RuleResult[]) => guaranteeTable('mine', { ...noNotes(), results: [...results], registered: results.length });

test('a verb that throws is named in the rule that it breaks, with its key', async () => {
  const create = wrong(({ upstreamRequests }) => ({
    upstreamRequests: {
      async take(id) {
        if (id.includes('\0')) throw new TypeError('undefined is not iterable');
        return upstreamRequests.take(id);
      },
    },
  }));
  const [rule] = broken(await rulesOf('sign-ins under way at a provider', create));
  expect(rule?.failure).toMatchObject({ message: "upstreamRequests.take(undefined) threw: Cannot read properties of undefined (reading 'includes')" });
});

test('what caused a failure is shown below it', async () => {
  const deadlock = new StorageUnavailable(new Error('ER_LOCK_DEADLOCK'));
  const results = await rulesOf('its own life', () => ({ ...createMemoryStorage(), ping: () => Promise.reject(deadlock) }));
  expect(tableOf(results)).toMatch(/says that it can serve\n(.*\n)* {4}caused by: ER_LOCK_DEADLOCK\n/);
});

test('a hook that no write ever reaches says which should have, and where to look', async () => {
  const results = await rulesOf('writes that fail', createMemoryStorage, { failWrite: () => () => false });
  expect(broken(results)).toHaveLength(results.length);
  expect(tableOf(results)).toMatch(/failWrite let consuming a code through: .*\n.*REPLACE.*\n.*one function/);
});

test.each<[string, FlakyStorage | null, 'away' | 'broken', boolean]>([
  ['says so', flakyStorage(createMemoryStorage()), 'away', true],
  ['says something else', flakyStorage(createMemoryStorage()), 'broken', false],
  ['goes on as if nothing were', null, 'away', false],
])('a store that is away and %s keeps the rule about that, or not', async (_, flaky, state, held) => {
  const away = async () => {
    flaky?.become(state);
    return async () => flaky?.become('well');
  };
  const results = await rulesOf('a store that is away', () => flaky?.storage ?? createMemoryStorage(), { away });
  expect(results.map((result) => result.held)).toEqual([held]);
});

test('what a store lacks is told once at the head, and no rule that needs it is run', async () => {
  const notes = noNotes();
  const trouble = new Map();
  const create = async () => {
    const { users: _, ...storage } = createMemoryStorage();
    return { ...storage, attempts: { take: storage.attempts.take.bind(storage.attempts) } } as unknown as Storage;
  };
  await collected(() => noting(notes, () => describe('mine', () => describeGuarantees({ create, destroy: (storage) => storage.close() }, trouble))));
  const table = guaranteeTable('mine', notes, trouble);
  expect(table).toMatch(/^mine: \d\d+ rules held, 0 broken, \d{3} not run\n!! what create of the harness made lacks users, attempts\.giveBack\n/m);
  expect(table).not.toContain('Cannot read properties');
});

test('what was not examined is said, because a hook is not there', async () => {
  const harness = { create: async () => createMemoryStorage(), destroy: async () => {} };
  expect(notExamined(harness)).toHaveLength(5);
  expect(notExamined({ ...harness, reopen: async () => createMemoryStorage(), moves: 'arriving', failWrite: () => () => true })).toEqual([
    'two instances (no openAgain)',
    'a store that is away (no away)',
    "being left (moves is 'arriving')",
  ]);
  expect(guaranteeTable('mine', noNotes(), new Map(), notExamined(harness))).toMatch(
    /\nnot examined: failed writes \(no failWrite\), two instances \(no openAgain\), /,
  );
});
