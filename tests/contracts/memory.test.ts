import { createMemoryStorage } from '../../src/infrastructure/memory/create-memory-storage.js';
import { describeStorage } from './storage-contract.js';

describeStorage('the memory adapter', {
  create: async () => createMemoryStorage(),
  destroy: (storage) => storage.close(),
});
