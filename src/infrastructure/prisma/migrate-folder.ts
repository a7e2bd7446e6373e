import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface MigrationScript {
  readonly name: string;
  readonly sql: string;
}

/** `prisma/migrations` of this package: as many steps up from `src/infrastructure/prisma` as from `dist/infrastructure/prisma`. */
export const ownMigrations = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));

/** The names of the migrations in a folder, in the order in which they are applied. */
export async function migrationNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

export async function migrationScripts(folder: string): Promise<MigrationScript[]> {
  const names = await migrationNames(folder);
  return Promise.all(names.map(async (name) => ({ name, sql: await readFile(join(folder, name, 'migration.sql'), 'utf8') })));
}
