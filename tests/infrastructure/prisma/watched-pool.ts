import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Storage } from '../../../src/application/ports/storage.js';
import { openHotPool } from '../../../src/infrastructure/prisma/coalescing/hot-pool.js';
import { createPrismaStorage } from '../../../src/infrastructure/prisma/create-prisma-storage.js';
import type { StatementPool } from '../../../src/infrastructure/prisma/statements.js';
import { type TestDatabase, testDatabase } from '../../support/postgres.js';

/**
 * A database with a store, and a pool of the hot verbs that notes the name or text of what is sent: `sent` begins anew with each test. There while the tests of
 * the file run.
 */
export function watchedPool(noted: 'name' | 'text') {
  let database: TestDatabase;
  let storage: Storage;
  let pool: StatementPool;
  const sent: string[] = [];
  beforeAll(async () => {
    database = await testDatabase();
    storage = createPrismaStorage({ databaseUrl: database.url });
    const { query, ...others } = openHotPool({ databaseUrl: database.url });
    pool = {
      ...others,
      query: (name, text, values) => {
        sent.push(noted === 'name' ? name : text);
        return query(name, text, values);
      },
    };
  });
  beforeEach(() => {
    sent.length = 0;
  });
  afterAll(async () => {
    await pool.close();
    await storage.close();
    await database.drop();
  });
  return { database: () => database, storage: () => storage, pool: () => pool, sent };
}
