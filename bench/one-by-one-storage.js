import { createPrismaStorage } from '../dist/infrastructure/prisma/create-prisma-storage.js';

/** For `STORAGE`: the store in PostgreSQL as it is, but every call of a hot verb is a statement of its own. Shows what coalescing is worth. */
export function createStorage() {
  return createPrismaStorage({ databaseUrl: process.env.DATABASE_URL, coalescing: false });
}
