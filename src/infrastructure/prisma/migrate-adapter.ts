import { SchemaAdapter } from './schema-adapter.js';

/**
 * What the migration engine writes with. Prisma's own cuts a script at every semicolon, also inside a function or a comment; PostgreSQL takes it whole, as
 * `prisma migrate deploy` sends it, and then it is applied all or nothing.
 */
export class MigrateAdapter extends SchemaAdapter {
  override async connect() {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => void (await adapter.executeRaw({ sql: script, args: [], argTypes: [] }));
    return adapter;
  }
}
