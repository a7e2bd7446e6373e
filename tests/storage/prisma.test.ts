import { describeStorage } from '../../src/adapter-kit/storage-contract.js';
import type { Storage } from '../../src/application/ports/storage.js';
import { createPrismaStorage } from '../../src/infrastructure/prisma/create-prisma-storage.js';
import { testDatabase } from '../support/postgres.js';

const drops = new WeakMap<Storage, () => Promise<void>>();

for (const coalescing of [true, false]) {
  describeStorage(`the Prisma adapter, coalescing ${coalescing ? 'on' : 'off'}`, {
    async create() {
      const { url, drop } = await testDatabase();
      const storage = createPrismaStorage({ databaseUrl: url, coalescing });
      drops.set(storage, drop);
      return storage;
    },
    async destroy(storage) {
      await storage.close();
      await drops.get(storage)?.();
    },
  });
}
