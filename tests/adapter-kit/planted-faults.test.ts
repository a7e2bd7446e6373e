import { expect, test } from 'vitest';
import { collected } from '../../src/adapter-kit/collected.js';
import type { RuleResult } from '../../src/adapter-kit/noting.js';
import { describeGuarantees } from '../../src/adapter-kit/storage-contract.js';
import type { StorageHarness } from '../../src/adapter-kit/storage-harness.js';
import type { Storage } from '../../src/application/ports/storage.js';
import { createMemoryStorage } from '../../src/infrastructure/memory/create-memory-storage.js';
import { clockFaults } from './faults/clocks.js';
import type { Fault } from './faults/fault.js';
import { fieldFaults } from './faults/fields.js';
import { keyFaults } from './faults/keys.js';
import { listAndPurgeFaults } from './faults/lists-and-purges.js';
import { outcomeFaults } from './faults/outcomes.js';
import { raceFaults } from './faults/races.js';
import { restartFaults } from './faults/restarts.js';

const faults = [...fieldFaults, ...keyFaults, ...raceFaults, ...outcomeFaults, ...clockFaults, ...listAndPurgeFaults, ...restartFaults];

/** The rules of a port that a store breaks. */
async function brokenRules(create: () => Storage, port?: string, hooks: Partial<StorageHarness> = {}): Promise<string[]> {
  const harness = { create: async () => create(), destroy: (storage: Storage) => storage.close(), ...hooks };
  const results = await collected(() => describeGuarantees(harness), { group: port });
  expect(results.length).toBeGreaterThan(0);
  return results.filter(({ held }) => !held).map(({ groups, rule }) => [...groups.slice(1), rule].join(' '));
}

test.each(faults)('the kit finds the adapter that $fault', async ({ port, rule, create, hooks }: Fault) => {
  const broken = await brokenRules(create, port, hooks);
  expect(
    broken.filter((name) => name.includes(rule)),
    `broken: ${broken.join('\n')}`,
  ).not.toEqual([]);
});

test('and nothing in the adapter that they are made of, each rule run alone: none leans on another', async () => {
  const harness = { create: async () => createMemoryStorage(), destroy: (storage: Storage) => storage.close() };
  const results: RuleResult[] = [];
  for (let only = 0; only === results.length; only += 1) results.push(...(await collected(() => describeGuarantees(harness), { only })));
  expect(results.filter(({ held }) => !held)).toEqual([]);
  expect(results.length).toBeGreaterThan(faults.length);
});

test('each fault is another', () => {
  expect(new Set(faults.map(({ fault }) => fault)).size).toBe(faults.length);
  expect(faults.length).toBeGreaterThanOrEqual(15);
});
