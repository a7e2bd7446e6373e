/** What `keywright/adapter-kit` hands out: the rules for adapters, under the test runner of the team that writes one, and the types to write it with. */
export type * from './storage.js';
export { describeStorage } from './storage-contract.js';
export type { StorageHarness } from './storage-harness.js';
