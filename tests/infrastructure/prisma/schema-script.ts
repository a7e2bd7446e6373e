import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';

/** The SQL that makes of an empty database what `prisma/schema.prisma` describes, as Prisma's own engine writes it. Asks nothing of the database. */
export async function schemaScript(databaseUrl: string): Promise<string> {
  const module = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const engine = module.replace(/\.js$/, '.wasm');
  // A copy of its own: the module keeps one engine, and the migration of this run's databases used it already.
  const glue: typeof import('@prisma/schema-engine-wasm/schema_engine_bg') = await import(`${pathToFileURL(module).href}?schema`);
  const { instance } = await WebAssembly.instantiate(await readFile(engine), { './schema_engine_bg.js': { ...glue } });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();

  const path = new URL('../../../prisma/schema.prisma', import.meta.url).pathname;
  const files = [{ path, content: await readFile(path, 'utf8') }];
  const schemaEngine = await glue.SchemaEngine.new({ datamodels: undefined }, () => undefined, bindMigrationAwareSqlAdapterFactory(new PrismaPg(databaseUrl)));
  const filters = { externalTables: [], externalEnums: [] };
  const { stdout } = await schemaEngine.diff({ from: { tag: 'empty' }, to: { tag: 'schemaDatamodel', files }, script: true, exitCode: null, filters });
  if (!stdout?.includes('CREATE TABLE')) throw new Error(`no script: ${stdout}`);
  return stdout;
}
