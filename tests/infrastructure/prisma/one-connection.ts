import { afterAll, beforeAll } from 'vitest';
import { connectionSettings } from '../../../src/infrastructure/prisma/connection-settings.js';
import { openStatementPool, type StatementPool } from '../../../src/infrastructure/prisma/statements.js';
import { type TestDatabase, testDatabase } from '../../support/postgres.js';

/** A pool of one connection to a database of its own, there while the tests of the file run. */
export function oneConnection() {
  let database: TestDatabase;
  let pool: StatementPool;
  beforeAll(async () => {
    database = await testDatabase();
    pool = openStatementPool(connectionSettings({ databaseUrl: database.url, poolSize: 1 }), true);
  });
  afterAll(async () => {
    await pool.close();
    await database.drop();
  });
  return { pool: () => pool, database: () => database };
}
