import { readFile } from 'node:fs/promises';
import { Pool } from 'pg';
import { schemaEngine } from '../../support/schema-engine.js';

/** The SQL that makes of an empty database what `prisma/schema.prisma` describes, as Prisma's own engine writes it. Asks nothing of the database. */
export async function schemaScript(databaseUrl: string): Promise<string> {
  const path = new URL('../../../prisma/schema.prisma', import.meta.url).pathname;
  const files = [{ path, content: await readFile(path, 'utf8') }];
  const pool = new Pool({ connectionString: databaseUrl });
  try {
    const engine = await schemaEngine(pool);
    const filters = { externalTables: [], externalEnums: [] };
    const { stdout } = await engine.diff({ from: { tag: 'empty' }, to: { tag: 'schemaDatamodel', files }, script: true, exitCode: null, filters });
    if (!stdout?.includes('CREATE TABLE')) throw new Error(`no script: ${stdout}`);
    return stdout;
  } finally {
    await pool.end();
  }
}
