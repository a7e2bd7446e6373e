import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { ApplyMigrationsInput } from '@prisma/schema-engine-wasm';
import { Pool } from 'pg';
import { StoreUnfit } from '../../application/ports/store-unfit.js';
import { MigrateAdapter } from './migrate-adapter.js';
import { migrationScripts } from './migrate-folder.js';

/**
 * Applies every pending migration with Prisma's own engine, compiled to WebAssembly: the native one behind `prisma migrate deploy` is downloaded when
 * it is first needed, this one comes with npm. Both keep `_prisma_migrations` alike. Answers the names of those applied.
 */
export async function applyWithEngine(databaseUrl: string, folder: string): Promise<string[]> {
  const input = await migrationsInput(folder);
  const SchemaEngine = await loadEngine();
  const pool = new Pool({ connectionString: databaseUrl, connectionTimeoutMillis: 3000, application_name: 'keywright migrate' });
  pool.on('error', () => undefined);
  try {
    const engine = await SchemaEngine.new({ datamodels: undefined }, () => undefined, bindMigrationAwareSqlAdapterFactory(new MigrateAdapter(pool)));
    return (await engine.applyMigrations(input)).appliedMigrationNames;
  } catch (cause) {
    throw new StoreUnfit(explained((cause as Error).message), undefined, { cause });
  } finally {
    // The engine's advisory lock lives as long as its connection.
    await pool.end();
  }
}

let engineClass: ReturnType<typeof instantiateEngine> | undefined;

/** Once in a process: the JavaScript around the engine serves one instance of it. */
function loadEngine(): ReturnType<typeof instantiateEngine> {
  engineClass ??= instantiateEngine();
  return engineClass;
}

/** By hand, because the package's own entry imports the .wasm file as a module, which Node 20 cannot. */
async function instantiateEngine() {
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  const bytes = await readFile(join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...glue } });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  // Where the engine leaves its last words when it panics.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: panicked } });
  return glue.SchemaEngine;
}

function panicked(message: string): never {
  throw new StoreUnfit(`the migration engine gave up: ${message}`);
}

async function migrationsInput(folder: string): Promise<ApplyMigrationsInput> {
  const scripts = await migrationScripts(folder);
  return {
    migrationsList: {
      baseDir: folder,
      lockfile: { path: 'migration_lock.toml', content: await readFile(join(folder, 'migration_lock.toml'), 'utf8') },
      shadowDbInitScript: '',
      migrationDirectories: scripts.map(({ name, sql }) => ({ path: name, migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } } })),
    },
    filters: { externalTables: [], externalEnums: [] },
  };
}

/** The engine's message ends in a trace of its own functions, among them the name of the migration. */
function explained(message: string): string {
  const [sentence = ''] = message.split(/\n\s*0: /);
  const name = /migration_name="([^"]+)"/.exec(message)?.[1] ?? /migration `([^`]+)`/.exec(message)?.[1] ?? 'a migration';
  return `${name} could not be applied: ${sentence.replaceAll(/\s+/g, ' ').trim()}`;
}
