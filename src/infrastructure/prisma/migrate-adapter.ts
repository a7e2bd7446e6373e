import type { Pool } from 'pg';
import { isLockTimeout, type LockPatience, patiently } from './migrate-patiently.js';
import { SchemaAdapter } from './schema-adapter.js';

/**
 * What the migration engine writes with. Prisma's own cuts a script at every semicolon, also inside a function or a comment; PostgreSQL takes it whole, as
 * `prisma migrate deploy` sends it, and then it is applied all or nothing.
 */
export class MigrateAdapter extends SchemaAdapter {
  /** A script was given up because somebody holds a lock; it has changed nothing, and the next start tries it again. */
  lockHeld = false;

  constructor(
    pool: Pool,
    private readonly locks: LockPatience,
  ) {
    super(pool);
  }

  override async connect() {
    const adapter = await super.connect();
    const run = async (sql: string) => void (await adapter.executeRaw({ sql, args: [], argTypes: [] }));
    adapter.executeScript = async (script) => {
      try {
        await patiently(run, script, this.locks);
      } catch (error) {
        this.lockHeld = isLockTimeout(error);
        throw error;
      }
    };
    return adapter;
  }
}
