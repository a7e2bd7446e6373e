import { describeStorage } from '../../src/adapter-kit/storage-contract.js';
import { createMemoryStorage } from '../../src/infrastructure/memory/create-memory-storage.js';

describeStorage('the memory adapter', {
  create: async () => createMemoryStorage(),
  destroy: (storage) => storage.close(),
});
