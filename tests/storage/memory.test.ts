import { createMemoryStorage } from '../../src/infrastructure/memory/create-memory-storage.js';
import { describeRounds } from './describe-rounds.js';

describeRounds('the memory adapter', {
  create: async () => createMemoryStorage(),
  destroy: (storage) => storage.close(),
});
