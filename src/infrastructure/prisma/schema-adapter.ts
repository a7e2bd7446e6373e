import { PrismaPg } from '@prisma/adapter-pg';

/**
 * Prisma names a schema in all that it sends, `public` unless it is told another. It is told the one to which its connections lead, which is that of the statements
 * of our own: they name none. Asked once, when Prisma connects; it connects again at the next verb when that failed.
 */
export class SchemaAdapter extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    try {
      const { rows } = await adapter.underlyingDriver().query<{ schema: string | null }>('SELECT current_schema() AS schema');
      const schemaName = rows[0]?.schema;
      const info = adapter.getConnectionInfo();
      if (schemaName) adapter.getConnectionInfo = () => ({ ...info, schemaName });
      return adapter;
    } catch (error) {
      await adapter.dispose();
      throw error;
    }
  }
}
