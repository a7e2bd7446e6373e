import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import type { Pool } from 'pg';

let copies = 0;

/** Prisma's own engine, the one behind `prisma migrate`, compiled to WebAssembly: the native one is a download. A fresh copy each, as its module keeps one. */
export async function schemaEngine(pool: Pool): Promise<SchemaEngine> {
  copies += 1;
  const module = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const glue: typeof import('@prisma/schema-engine-wasm/schema_engine_bg') = await import(`${pathToFileURL(module).href}?copy=${copies}`);
  const bytes = await readFile(module.replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...glue } });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return glue.SchemaEngine.new({ datamodels: undefined }, () => undefined, bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool)));
}
